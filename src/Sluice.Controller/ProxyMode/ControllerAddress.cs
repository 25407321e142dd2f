using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Configuration.Streaming;

namespace Sluice.Controller.ProxyMode;

/// <summary>Where the controller is, and how a proxy knows it and proves itself.</summary>
/// <param name="Host">DNS name or IP address; IPv6 without brackets.</param>
/// <param name="Port">Of the configuration stream.</param>
/// <param name="Gateway">"namespace/name".</param>
/// <param name="TokenFile">Read for every connection.</param>
/// <param name="CaFile">Read for every connection; null: the system's authorities.</param>
/// <param name="ServerName">What the certificate must be for; null: the host.</param>
internal sealed record ControllerAddress(string Host, int Port, string Gateway, string TokenFile, string? CaFile, string? ServerName)
{
    /// <summary>With the name that the certificate must be for; what is connected to is the host.</summary>
    public Uri Uri => new($"https://{InUri(ServerName ?? Host)}:{Port}{StreamProtocol.Path}?{StreamProtocol.GatewayParameter}={Uri.EscapeDataString(Gateway)}");

    public override string ToString() => $"{InUri(Host)}:{Port}";

    /// <exception cref="IOException">The file cannot be read, or holds no token.</exception>
    public string ReadToken()
    {
        var token = Read(TokenFile, File.ReadAllText).Trim();
        return token.Length > 0 && token.All(character => character is > ' ' and < '\x7f') ? token : throw new IOException($"{TokenFile} holds no token");
    }

    /// <exception cref="IOException">The file cannot be read, or holds no certificate.</exception>
    public SslClientAuthenticationOptions ReadTls()
    {
        var options = new SslClientAuthenticationOptions();
        if (CaFile is null)
            return options;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPem(Read(CaFile, File.ReadAllText));
        }
        catch (CryptographicException error)
        {
            throw new IOException($"{CaFile}: {error.Message}", error);
        }

        options.CertificateChainPolicy = policy.CustomTrustStore.Count > 0 ? policy : throw new IOException($"{CaFile} holds no certificate");
        return options;
    }

    /// <summary>Connects to the host, each of its addresses in turn.</summary>
    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(Host, Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string InUri(string host) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;

    private static T Read<T>(string file, Func<string, T> read)
    {
        try
        {
            return read(file);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException(error.Message, error);
        }
    }
}
