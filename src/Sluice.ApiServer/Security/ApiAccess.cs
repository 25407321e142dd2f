using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;

namespace Sluice.ApiServer.Security;

/// <summary>
/// Who may ask. With a token, whoever has it. Without, programs on this machine, but no web page that a browser has open: pages
/// reach loopback addresses under names of their own (DNS rebinding), and browsers tell where a request comes from.
/// </summary>
internal sealed class ApiAccess(string? token, IReadOnlyCollection<string> hosts)
{
    private readonly byte[]? _tokenHash = token is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <exception cref="ApiException">401 or 403.</exception>
    public void Check(ApiRequest request, bool isOpen)
    {
        if (_tokenHash is not null)
        {
            if (!isOpen && !HasToken(request.Header("authorization")))
                throw ApiException.Unauthorized();
            return;
        }

        if (request.Header("origin").Length > 0)
            throw ApiException.Forbidden("requests of web pages are not answered; start the server with a token if that is what you want");
        if (request.Raw.Client is { } client && !IPAddress.IsLoopback(client.Address.IsIPv4MappedToIPv6 ? client.Address.MapToIPv4() : client.Address))
            throw ApiException.Forbidden("without a token only programs on this machine are answered");
        if (!IsOwnHost(request.Header("host")))
            throw ApiException.Forbidden($"the Host \"{Short(request.Header("host"))}\" is none of this server's: use 127.0.0.1 or localhost, or start the server with a token");
    }

    private bool HasToken(string authorization)
    {
        const string Scheme = "Bearer ";
        return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim())), _tokenHash);
    }

    private bool IsOwnHost(string host)
    {
        var name = WithoutPort(host);
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address))
            || hosts.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    private static string WithoutPort(string host)
    {
        if (host.StartsWith('['))
            return host.IndexOf(']', StringComparison.Ordinal) is var end and > 0 ? host[1..end] : "";
        var colon = host.LastIndexOf(':');
        return colon < 0 ? host : host[..colon];
    }

    private static string Short(string value) => value.Length <= 64 ? value : string.Concat(value.AsSpan(0, 64), "…");
}
