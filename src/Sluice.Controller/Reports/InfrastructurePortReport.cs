namespace Sluice.Controller.Reports;

public sealed record InfrastructurePortReport(string Name, string Protocol, int Port);
