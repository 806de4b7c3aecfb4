"""The sheets of the Excel report, one module each. Each adds its sheet to a package."""
