using Sluice.Configuration.Telemetry.Formats;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>One piece of a compiled format.</summary>
internal readonly struct LogStep
{
    public required LogOperator Operator { get; init; }

    public required LogStepForm Form { get; init; }

    /// <summary>What stands there as it is; with another operator the bytes in front of its value.</summary>
    public byte[] Literal { get; init; }

    /// <summary>Place of the field in the plan.</summary>
    public int Index { get; init; }

    /// <summary>Place of the field that counts when the first is absent; -1 for none.</summary>
    public int Alternative { get; init; }

    /// <summary>-1: none.</summary>
    public int MaxLength { get; init; }

    /// <summary>The value is printable ASCII without quotation marks and backslashes: it comes from here, not from a client or backend.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Of DYNAMIC_METADATA: "namespace:key".</summary>
    public string? Key { get; init; }

    /// <summary>Of START_TIME, when it is not the usual one.</summary>
    public TimePattern? Time { get; init; }
}
