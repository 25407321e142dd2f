using System.Net;
using System.Text;
using Sluice.Configuration.Streaming;
using Sluice.Controller.Admin;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Streaming;

/// <summary>
/// The server of the configuration stream: a proxy proves who it is, and gets the configuration of its own Gateway and no other.
/// Belongs behind TLS, since private keys are sent.
/// </summary>
internal sealed class ConfigurationStreamHandler(StreamHub hub, IProxyAuthenticator authenticator) : ILocalHandler
{
    private const string Scheme = "Bearer ";

    private readonly RateMeter _handshakes = new(hub.Limits.HandshakesPerSecond, hub.Limits.HandshakeBurst, hub.Clock);
    private readonly RefusedAddresses _refused = new(hub.Limits, hub.Clock);

    /// <summary>A session has failed by a defect of ours.</summary>
    public event Action<Exception>? Faulted;

    public int MaxBodyBytes => 0;

    public bool StreamsBody(string method, string path) => path == StreamProtocol.Path;

    public async ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken)
    {
        if (request.Path != StreamProtocol.Path)
            return Text(404, $"there is nothing here but {StreamProtocol.Path}");
        if (request.Method != "POST")
            return Text(405, "the configuration stream is a POST", ("allow", "POST"));
        var client = request.Client?.Address;
        if (_refused.Contains(client))
            return Refuse(StreamEnd.RefusedAddress, 429, "too many tokens from this address were not valid; try again later", ("retry-after", "10"));
        if (!_handshakes.TryTake())
            return Refuse(StreamEnd.HandshakeRate, 429, "too many proxies connect at once; try again", ("retry-after", "1"));
        var gateway = QueryString.Parse(request.Query).LastOrDefault(pair => pair.Name == StreamProtocol.GatewayParameter).Value;
        if (string.IsNullOrEmpty(gateway))
            return Text(400, $"the query parameter {StreamProtocol.GatewayParameter} must name a Gateway as namespace/name");
        if (!request.Headers.TryGetValue("authorization", out var credentials)
            || !credentials.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || credentials.Length > hub.Limits.TokenCharacters)
            return RefuseFor(client, StreamEnd.Unauthenticated, 401, "a bearer token is needed", ("www-authenticate", "Bearer"));

        ProxyIdentity? identity;
        try
        {
            identity = await authenticator.AuthenticateAsync(credentials[Scheme.Length..].Trim(), cancellationToken);
        }
        catch (AuthenticationUnavailableException error)
        {
            return Refuse(StreamEnd.Unavailable, 503, $"the token cannot be looked at now: {error.Message}", ("retry-after", "1"));
        }

        if (identity is null)
            return RefuseFor(client, StreamEnd.Unauthenticated, 401, "the token is not valid here", ("www-authenticate", "Bearer"));
        if (identity.Gateway != gateway)
            return RefuseFor(client, StreamEnd.Forbidden, 403, $"{identity.Name} may not have the configuration of Gateway {gateway}");
        return Open(request.BodyStream!, hub.Feed(gateway));
    }

    private LocalResponse Open(Stream input, GatewayFeed feed)
    {
        if (feed.IsFull || hub.IsFull)
            return Refuse(StreamEnd.Connections, 429, "there are too many streams; try again", ("retry-after", "5"));
        return new LocalResponse(200, StreamProtocol.ContentType, default)
        {
            WriteBody = async (output, cancellationToken) =>
            {
                // Only here: an answer that nobody waits for any more is never written, and would hold its place for ever.
                if (!hub.TryEnter())
                {
                    hub.Counters.Count(StreamEnd.Connections);
                    throw new IOException("there are too many streams");
                }

                try
                {
                    hub.Counters.CountOpened();
                    using var session = new ProxySession(feed, input, output, hub.Limits, hub.Counters, hub.Clock, cancellationToken);
                    var end = await session.RunAsync();
                    hub.Counters.Count(end);

                    // Cut, so that the proxy takes it for no end in order.
                    if (end is not (StreamEnd.Left or StreamEnd.Renewed))
                        throw new IOException($"the stream of {session.Name} was cut: {end}");
                }
                catch (InvalidOperationException fault)
                {
                    Faulted?.Invoke(fault);
                    throw;
                }
                finally
                {
                    hub.Leave();
                }
            },
        };
    }

    private LocalResponse RefuseFor(IPAddress? client, StreamEnd end, int status, string text, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        _refused.Count(client);
        return Refuse(end, status, text, headers);
    }

    private LocalResponse Refuse(StreamEnd end, int status, string text, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        hub.Counters.Count(end);
        return Text(status, text, headers);
    }

    private static LocalResponse Text(int status, string text, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var fields = new KeyValuePair<string, string>[headers.Length];
        for (var i = 0; i < headers.Length; i++)
            fields[i] = new(headers[i].Name, headers[i].Value);
        return new LocalResponse(status, "text/plain", Encoding.UTF8.GetBytes(text + '\n')) { Headers = fields };
    }
}
