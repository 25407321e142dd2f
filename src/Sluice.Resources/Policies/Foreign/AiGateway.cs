using System.Text.Json;

namespace Sluice.Resources.Policies.Foreign;

/// <summary>gateway.solo.io/v1 AIGateway: models of providers behind routes.</summary>
public sealed record AiGateway : PolicyObject
{
    public override string Kind => "AIGateway";

    /// <summary>spec as the manifest has it, checked.</summary>
    public required JsonElement Spec { get; init; }
}
