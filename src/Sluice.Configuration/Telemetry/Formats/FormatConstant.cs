namespace Sluice.Configuration.Telemetry.Formats;

/// <summary>A number, true, false or null, as it is written in JSON.</summary>
public sealed record FormatConstant(string Json) : FormatNode;
