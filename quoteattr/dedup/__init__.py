"""The same line across articles: from attributed quotations to utterances."""
