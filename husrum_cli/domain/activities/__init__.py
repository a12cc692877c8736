"""Groups, events, their days, and who came."""
