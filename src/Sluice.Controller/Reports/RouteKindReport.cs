namespace Sluice.Controller.Reports;

/// <summary>One of a listener's supportedKinds.</summary>
public sealed record RouteKindReport(string Group, string Kind);
