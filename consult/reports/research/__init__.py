"""For researchers: coded responses with all that is needed to read them, in tables and as DDI."""
