using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Kgateway;

/// <summary>gateway.kgateway.dev/v1alpha1 DirectResponse.</summary>
public sealed record DirectResponse : KubernetesObject
{
    public override string Kind => "DirectResponse";

    /// <summary>200 to 599.</summary>
    public required int Status { get; init; }

    /// <summary>At most 4096 characters.</summary>
    public string? Body { get; init; }

    /// <summary>A body with command operators, in place of <see cref="Body"/>; null for none.</summary>
    public BodyFormat? BodyFormat { get; init; }
}
