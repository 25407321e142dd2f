using Sluice.Configuration;

namespace Sluice.Translation.Gateways;

/// <summary>Keeps the instance of TLS settings that mean what they meant before, so that the data plane keeps what it built from them.</summary>
internal static class TlsEquality
{
    public static ListenerTls Keep(ListenerTls? old, ListenerTls current) => old is not null && Same(old, current) ? old : current;

    private static bool Same(ListenerTls one, ListenerTls other) =>
        one.Mode == other.Mode
        && one.MinimumVersion == other.MinimumVersion
        && one.MaximumVersion == other.MaximumVersion
        && one.Certificates.SequenceEqual(other.Certificates, ReferenceEqualityComparer.Instance)
        && one.CipherSuites.SequenceEqual(other.CipherSuites)
        && one.Curves.SequenceEqual(other.Curves)
        && (one.AlpnProtocols is null) == (other.AlpnProtocols is null)
        && (one.AlpnProtocols ?? []).SequenceEqual(other.AlpnProtocols ?? [])
        && Same(one.ClientValidation, other.ClientValidation);

    private static bool Same(ClientValidation? one, ClientValidation? other) =>
        one?.Mode == other?.Mode && (one?.CaCertificates ?? []).SequenceEqual(other?.CaCertificates ?? []);
}
