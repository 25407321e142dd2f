using System.Net;
using Sluice.Proxy;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Admin;

/// <summary>Opens the admin endpoint, and the one for probes beside it.</summary>
internal static class AdminEndPoints
{
    /// <param name="server">Listens.</param>
    /// <param name="admin">Answers.</param>
    /// <param name="adminAddress">Null for none.</param>
    /// <param name="probesAddress">Null for none.</param>
    /// <param name="fail">Makes the exception to throw of a message.</param>
    /// <returns>Where they are; null for none.</returns>
    public static async Task<(IPEndPoint? Admin, IPEndPoint? Probes)> ListenAsync(ProxyServer server, ILocalHandler admin, IPEndPoint? adminAddress, IPEndPoint? probesAddress, Func<string, Exception, Exception> fail) =>
    (
        await ListenAsync(server, admin, adminAddress, "admin endpoint", "--admin", fail),
        await ListenAsync(server, new ProbeHandler(admin), probesAddress, "endpoint for probes", "--probes", fail));

    private static async Task<IPEndPoint?> ListenAsync(ProxyServer server, ILocalHandler handler, IPEndPoint? address, string name, string option, Func<string, Exception, Exception> fail)
    {
        if (address is null)
            return null;
        try
        {
            return await server.ListenLocalAsync(address, handler);
        }
        catch (IOException error)
        {
            throw fail($"The {name} cannot listen on {error.Message}. Choose another address with {option} HOST:PORT, or {option} off.", error);
        }
    }
}
