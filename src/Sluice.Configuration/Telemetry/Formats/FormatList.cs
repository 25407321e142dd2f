namespace Sluice.Configuration.Telemetry.Formats;

public sealed record FormatList(IReadOnlyList<FormatNode> Items) : FormatNode;
