namespace Sluice.Controller.Reports;

public sealed record NoticeReport(string Severity, string Subject, string? Source, string Message);
