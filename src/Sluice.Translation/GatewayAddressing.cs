using Sluice.Resources.GatewayApi;

namespace Sluice.Translation;

/// <summary>The addresses of one Gateway.</summary>
/// <param name="Bind">IP addresses (v4 or v6, without brackets) that every listener binds; empty when none could be given.</param>
/// <param name="Published">What status.addresses says.</param>
/// <param name="Problem">
/// Null when the Gateway got what it asked for; else why not, for people. Programmed is then False with reason
/// AddressNotUsable (an address of spec.addresses cannot be used) or AddressNotAssigned (none was left to give).
/// </param>
public sealed record GatewayAddressing(IReadOnlyList<string> Bind, IReadOnlyList<GatewayAddress> Published, string? Problem = null)
{
    /// <summary>Binds and publishes the same addresses.</summary>
    public static GatewayAddressing Of(params IReadOnlyList<string> addresses) =>
        new(addresses, [.. addresses.Select(address => new GatewayAddress("IPAddress", address))]);
}
