using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Telemetry.Logs;

namespace Sluice.Proxy.Filters.HeaderModifiers;

/// <summary>One piece of a value.</summary>
internal readonly struct HeaderStep
{
    public required LogOperator Operator { get; init; }

    /// <summary>What stands there as it is, or the name of a request's field in lower case.</summary>
    public byte[] Text { get; init; }

    /// <summary>The field that counts when the first is absent; empty: none.</summary>
    public byte[] Alternative { get; init; }

    /// <summary>Octets after which the value is cut.</summary>
    public int MaxLength { get; init; }

    /// <summary>Of START_TIME, when it is not the usual one.</summary>
    public TimePattern? Time { get; init; }
}
