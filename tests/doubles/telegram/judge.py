"""The double judged by another library's models: whatever it sent must be an object of the Bot API to that one, too."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from tests.doubles.telegram.double import Double


@cache
def _models() -> dict[str, TypeAdapter[Any]]:
    from aiogram.types import ChatFullInfo, Message, Update, User
    from aiogram.types.result_chat_member_union import ResultChatMemberUnion

    kinds: dict[str, Any] = {"getMe": User, "getUpdates": list[Update], "sendMessage": Message, "sendPhoto": Message}
    kinds |= {"sendDocument": Message, "editMessageText": Message, "editMessageCaption": Message}
    kinds |= {
        "editMessageReplyMarkup": Message,
        "getChatMember": ResultChatMemberUnion,
        "getChatMemberCount": int,
        "getChat": ChatFullInfo,
    }
    return {method: TypeAdapter(kind) for method, kind in kinds.items()}


def judge(double: Double) -> int:
    """Reads everything that the double answered; how many objects that were. Raises what the models raise."""
    judged = 0
    for method, answer in double.answers:
        if (model := _models().get(method)) is not None:
            model.validate_python(answer)
            judged += 1
        else:
            assert answer is True, method
    return judged
