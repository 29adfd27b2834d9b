"""Pure drawing: values in, geometry and SVG out."""
