namespace Sluice.Configuration.Telemetry.Formats;

/// <summary>A string with operators.</summary>
public sealed record FormatText(IReadOnlyList<LogSegment> Segments) : FormatNode
{
    /// <summary>The operator that the string is, and nothing else; or null.</summary>
    public LogSegment? Single => Segments is [{ Operator: not LogOperator.Literal } single] ? single : null;
}
