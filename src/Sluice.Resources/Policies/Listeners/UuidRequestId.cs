namespace Sluice.Resources.Policies.Listeners;

/// <summary>What x-request-id has to do with traces.</summary>
public sealed record UuidRequestId
{
    /// <summary>Whether it tells if there is one.</summary>
    public bool PackTraceReason { get; init; } = true;

    /// <summary>Whether sampling goes by it.</summary>
    public bool UseRequestIdForTraceSampling { get; init; } = true;
}
