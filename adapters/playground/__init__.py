"""The playground: a page with two phones, an adapter like the others."""
