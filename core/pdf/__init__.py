"""PDF that the portal makes (ADR 0018)."""

from core.pdf.process import PdfError, make_pdf

__all__ = ["PdfError", "make_pdf"]
