using Sluice.Configuration;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>What is asked of the clients of one port.</summary>
/// <param name="Validation">Null: nothing.</param>
/// <param name="Unresolved">ResolvedRefs=False of the port's HTTPS and TLS listeners, and why; or null.</param>
/// <param name="Refused">Accepted=False of these, because no authority is left; or null.</param>
internal sealed record FrontendVerdict(ClientValidation? Validation, Finding? Unresolved, Finding? Refused)
{
    public static FrontendVerdict None { get; } = new(null, null, null);

    public bool IsSame(FrontendVerdict other) =>
        Unresolved == other.Unresolved
        && Refused == other.Refused
        && Validation?.Mode == other.Validation?.Mode
        && (Validation?.CaCertificates ?? []).SequenceEqual(other.Validation?.CaCertificates ?? []);
}
