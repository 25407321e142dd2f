using System.Text.Json;

namespace Sluice.Resources.Policies.Foreign;

/// <summary>gateway.solo.io/v1 PromptGuard: what prompts may hold.</summary>
public sealed record PromptGuard : PolicyObject
{
    public override string Kind => "PromptGuard";

    /// <summary>spec.rules as the manifest has them, checked; never empty.</summary>
    public required IReadOnlyList<JsonElement> Rules { get; init; }
}
