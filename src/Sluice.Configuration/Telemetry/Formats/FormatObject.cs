namespace Sluice.Configuration.Telemetry.Formats;

/// <summary>Members in the order in which they are written.</summary>
public sealed record FormatObject(IReadOnlyList<KeyValuePair<string, FormatNode>> Members) : FormatNode;
