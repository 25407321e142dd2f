using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Filters.Jwt;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>
/// Calls over HTTP/1.1, each with a connection of its own: they are few, and so none outlives a change of its cluster. Nothing is
/// followed, kept or unpacked, and no proxy of the environment is used.
/// </summary>
/// <param name="clusters">Finds a cluster as it is now; null: there is none.</param>
internal sealed class HttpOAuth2Calls(Func<string, Cluster?> clusters) : IOAuth2Calls
{
    private const int MaxHeadKilobytes = 32;

    public async Task<byte[]> GetAsync(OAuth2Target target, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, target);
        OAuth2Answer answer = await SendAsync(request, target, cancellationToken).ConfigureAwait(false);
        return answer.StatusCode == 200 ? answer.Body : throw new IOException($"the answer has the status {answer.StatusCode} instead of 200");
    }

    public async Task<OAuth2Answer> PostAsync(OAuth2Target target, string form, string? authorization, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Post, target);
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(form));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await SendAsync(request, target, cancellationToken).ConfigureAwait(false);
    }

    // TLS is the connection's matter, not the handler's: how it is verified may be the cluster's.
    private static HttpRequestMessage Request(HttpMethod method, OAuth2Target target)
    {
        var url = new UriBuilder(target.Url) { Scheme = "http", Port = target.Url.Port };
        var request = new HttpRequestMessage(method, url.Uri) { Version = HttpVersion.Version11 };
        string host = target.Url.HostNameType == UriHostNameType.IPv6 ? target.Url.Host : target.Url.IdnHost;
        request.Headers.Host = target.Url.IsDefaultPort ? host : $"{host}:{target.Url.Port}";
        request.Headers.ConnectionClose = true;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("sluice", null));
        return request;
    }

    private async Task<OAuth2Answer> SendAsync(HttpRequestMessage request, OAuth2Target target, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = MaxHeadKilobytes,
            ConnectCallback = async (_, cancellation) => await ConnectAsync(target, cancellation).ConfigureAwait(false),
        };
        using var client = new HttpMessageInvoker(handler, disposeHandler: false);
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return new OAuth2Answer((int)response.StatusCode, await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false));
        }
        catch (HttpRequestException exception)
        {
            throw new IOException(exception.InnerException?.Message ?? exception.Message, exception);
        }
        catch (SocketException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var body = new MemoryStream();
        byte[] buffer = new byte[8 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int length)
        {
            if (body.Length + length > IOAuth2Calls.MaxBodyLength)
                throw new IOException($"the answer has more than {IOAuth2Calls.MaxBodyLength} octets");
            body.Write(buffer, 0, length);
        }
        return body.ToArray();
    }

    private async Task<Stream> ConnectAsync(OAuth2Target target, CancellationToken cancellationToken)
    {
        Cluster? cluster = null;
        IPAddress[] own = target.Cluster is null || target.PrefersAddress ? await LookUpAsync(target.Url.IdnHost, cancellationToken).ConfigureAwait(false) : [];
        if (own.Length == 0 && target.Cluster is { } name)
            cluster = clusters(name) ?? throw new IOException($"there is no cluster \"{name}\"");
        Socket socket = cluster is null
            ? await ConnectAsync(own, target.Url, cancellationToken).ConfigureAwait(false)
            : await ConnectAsync(cluster, cancellationToken).ConfigureAwait(false);
        var stream = new NetworkStream(socket, ownsSocket: true);
        if (cluster?.Tls is null && target.Url.Scheme == "http")
            return stream;
        var secure = new SslStream(stream);
        try
        {
            UpstreamTls tls = cluster?.Tls ?? new UpstreamTls { Hostname = target.Url.IdnHost, TrustSystem = true };
            await secure.AuthenticateAsClientAsync(JwksServerTrust.Options(tls), cancellationToken).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<Socket> ConnectAsync(IPAddress[] addresses, Uri url, CancellationToken cancellationToken)
    {
        if (addresses.Length == 0)
            throw new IOException($"\"{url.IdnHost}\" has no address");
        return await ConnectAsync([.. addresses.Select(address => new IPEndPoint(address, url.Port))], cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Socket> ConnectAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        var endpoints = new List<IPEndPoint>();
        foreach (Endpoint endpoint in cluster.Endpoints)
        {
            IPAddress[] addresses = await LookUpAsync(endpoint.Address, cancellationToken).ConfigureAwait(false);
            endpoints.AddRange(addresses.Select(address => new IPEndPoint(address, endpoint.Port)));
        }
        if (endpoints.Count == 0)
            throw new IOException($"the cluster \"{cluster.Name}\" has no endpoint");
        IPEndPoint[] order = [.. endpoints];
        Random.Shared.Shuffle(order);
        return await ConnectAsync(order, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The first of them that answers.</summary>
    private static async Task<Socket> ConnectAsync(IPEndPoint[] endpoints, CancellationToken cancellationToken)
    {
        for (int i = 0; ; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(endpoints[i], cancellationToken).ConfigureAwait(false);
                return socket;
            }
            catch (SocketException) when (i + 1 < endpoints.Length)
            {
                // The next one has its turn.
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private static async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal))
            return [literal];
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // No such name: the caller says so, or has another way.
            return [];
        }
    }
}
