using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Configuration.Policies.Jwks;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Filters.Jwt;

/// <summary>
/// Gets key sets from the endpoints of clusters. Nobody else is ever asked: names in the URL are not looked up, redirects are not
/// followed, and no proxy of the environment is used. An https URL means TLS even if the cluster says nothing of it.
/// </summary>
internal sealed class JwksFetcher : IJwksFetcher, IDisposable
{
    private static readonly HttpRequestOptionsKey<Target> TargetKey = new("sluice.target");

    private readonly Func<string, RuntimeCluster?> _findCluster;
    private readonly HttpClient _client;
    private uint _turn;

    /// <param name="findCluster">By name; from any thread.</param>
    public JwksFetcher(Func<string, RuntimeCluster?> findCluster)
    {
        _findCluster = findCluster;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.Zero, // Fetches are minutes apart.
            MaxResponseHeadersLength = 32,
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<byte[]> FetchAsync(RemoteJwks source, CancellationToken cancellationToken)
    {
        var url = new Uri(source.Url);
        RuntimeCluster cluster = _findCluster(source.Cluster) ?? throw new IOException($"cluster {source.Cluster} is not configured");
        IReadOnlyList<IPEndPoint> addresses = cluster.Addresses;
        if (addresses.Count == 0)
            throw new IOException($"cluster {source.Cluster} has no endpoint");
        UpstreamTls? tls = cluster.Configuration.Tls ?? (url.Scheme == "https" ? new UpstreamTls { Hostname = url.IdnHost, TrustSystem = true } : null);
        IPEndPoint address = addresses[(int)(Interlocked.Increment(ref _turn) % (uint)addresses.Count)];

        // The connection comes with its TLS: to the client it is like any other.
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(url) { Scheme = "http", Port = address.Port, UserName = "", Password = "" }.Uri);
        request.Headers.Host = url.Authority;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("sluice", null));
        request.Options.Set(TargetKey, new Target(address, tls));
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
                throw new IOException($"{address} answered with status {(int)response.StatusCode}; it must be 200");
            return await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw new IOException($"{address}: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var body = new MemoryStream();
        byte[] piece = new byte[16 * 1024];
        for (int count; (count = await stream.ReadAsync(piece, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (body.Length + count > JsonWebKeySet.MaxBytes)
                throw new IOException($"the answer has more than {JsonWebKeySet.MaxBytes} octets");
            body.Write(piece, 0, count);
        }
        return body.ToArray();
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (!context.InitialRequestMessage.Options.TryGetValue(TargetKey, out Target? target))
            throw new IOException("nobody was named to connect to");
        var socket = new Socket(target.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target.Address, cancellationToken).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return target.Tls is null ? stream : await SecureAsync(stream, target.Tls, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(Stream stream, UpstreamTls tls, CancellationToken cancellationToken)
    {
        var secured = new SslStream(stream);
        try
        {
            await secured.AuthenticateAsClientAsync(JwksServerTrust.Options(tls), cancellationToken).ConfigureAwait(false);
            return secured;
        }
        catch (AuthenticationException exception)
        {
            await secured.DisposeAsync().ConfigureAwait(false);
            throw new IOException($"TLS with \"{tls.Hostname}\" did not come about: {exception.Message}", exception);
        }
        catch
        {
            await secured.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private sealed record Target(IPEndPoint Address, UpstreamTls? Tls);
}
