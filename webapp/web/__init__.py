"""What a browser speaks with: routes, rendering, cookies and htmx."""
