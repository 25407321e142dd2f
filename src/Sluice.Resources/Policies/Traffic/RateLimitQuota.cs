using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Traffic;

/// <summary>Quotas that a service assigns (RLQS).</summary>
public sealed record RateLimitQuota
{
    /// <summary>A GatewayExtension with rateLimitQuota.</summary>
    public required ExtensionReference ExtensionRef { get; init; }

    /// <summary>What a request is counted under.</summary>
    public IReadOnlyList<RateLimitQuotaBucket> Bucket { get; init; } = [];

    /// <summary>How often usage is reported.</summary>
    public TimeSpan ReportingInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The status of refusals. Null means 429.</summary>
    public int? DenyStatus { get; init; }

    /// <summary>What holds before the first assignment.</summary>
    public string? NoAssignmentBehavior { get; init; }

    /// <summary>What holds after the last one.</summary>
    public ExpiredAssignment? ExpiredAssignmentBehavior { get; init; }
}
