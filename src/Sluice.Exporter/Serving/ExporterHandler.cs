using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sluice.Exporter.Exposition;
using Sluice.Exporter.Scraping;
using Sluice.Proxy.Local;

namespace Sluice.Exporter.Serving;

/// <summary>Answers scrapers, probes and people.</summary>
/// <param name="scrapes">Reads the objects.</param>
/// <param name="source">Says whether there is something to serve.</param>
/// <param name="timeout">The longest time that a scrape may take.</param>
/// <param name="limits">On requests.</param>
/// <param name="token">What scrapers must send; null: nothing.</param>
internal sealed class ExporterHandler(SharedScrapes scrapes, IStateSource source, TimeSpan timeout, ExporterLimits limits, Func<string>? token) : ILocalHandler
{
    /// <summary>In which Prometheus says how long it waits, in seconds.</summary>
    private const string TimeoutField = "x-prometheus-scrape-timeout-seconds";

    private const string Scheme = "Bearer ";

    /// <summary>The answer has to travel, too.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    private int _requests;

    public int MaxBodyBytes => 0;

    public async ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken)
    {
        if (request.Path is not ("/" or "/metrics" or "/healthz" or "/livez" or "/readyz"))
            return Plain(404, $"there is no {request.Path} here; / lists what there is\n");
        if (request.Method is not ("GET" or "HEAD"))
            return Plain(405, $"{request.Path} is only for GET and HEAD\n") with { Headers = [new("allow", "GET, HEAD")] };
        if (request.Path is "/" or "/metrics" && !IsAllowed(request))
            return Plain(401, "a token is needed: Authorization: Bearer TOKEN\n") with { Headers = [new("www-authenticate", "Bearer")] };
        return request.Path switch
        {
            "/metrics" => await MetricsAsync(request, cancellationToken).ConfigureAwait(false),
            "/" => new LocalResponse(200, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(LandingPage.Text)),
            "/readyz" when !source.IsReady => Plain(503, "not ready: the objects are being read for the first time\n"),
            _ => Plain(200, "ok\n"),
        };
    }

    private async Task<LocalResponse> MetricsAsync(LocalRequest request, CancellationToken cancellation)
    {
        var format = AcceptHeader.FormatOf(request.Headers.GetValueOrDefault("accept"));
        var isCompressed = AcceptHeader.TakesGzip(request.Headers.GetValueOrDefault("accept-encoding"));
        List<KeyValuePair<string, string>> fields = [new("vary", "accept, accept-encoding")];
        if (isCompressed)
            fields.Add(new("content-encoding", "gzip"));
        var response = new LocalResponse(200, ExpositionWriter.ContentType(format), default) { Headers = fields, WriteBody = (_, _) => Task.CompletedTask };
        if (request.Method == "HEAD")
            return response;
        if (Interlocked.Increment(ref _requests) > limits.Requests)
        {
            Interlocked.Decrement(ref _requests);
            return Plain(503, $"{limits.Requests} scrapes are under way already\n") with { Headers = [new("retry-after", "1")] };
        }

        ScrapeLease lease;
        try
        {
            lease = await scrapes.GetAsync(Patience(request), cancellation).ConfigureAwait(false);
        }
        catch
        {
            Interlocked.Decrement(ref _requests);
            throw;
        }

        // A client that goes now is never sent anything.
        lease.Released = () => Interlocked.Decrement(ref _requests);
        cancellation.UnsafeRegister(static held => ((ScrapeLease)held!).Dispose(), lease);
        return response with { WriteBody = (body, gone) => SendAsync(lease, format, isCompressed, body, gone) };
    }

    private async Task SendAsync(ScrapeLease lease, ExpositionFormat format, bool isCompressed, Stream body, CancellationToken gone)
    {
        using (lease)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(gone, lease.Cut);
            end.CancelAfter(limits.SendTimeout);
            await ExpositionWriter.WriteAsync(lease.Result, format, isCompressed, body, end.Token).ConfigureAwait(false);
        }
    }

    private TimeSpan Patience(LocalRequest request)
    {
        if (!double.TryParse(request.Headers.GetValueOrDefault(TimeoutField), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds is not (> 0 and < 3600))
            return timeout;
        var scraper = TimeSpan.FromSeconds(seconds);
        scraper = scraper > Margin * 2 ? scraper - Margin : scraper / 2;
        return scraper < timeout ? scraper : timeout;
    }

    private bool IsAllowed(LocalRequest request)
    {
        if (token is null)
            return true;
        var given = request.Headers.GetValueOrDefault("authorization") ?? "";
        return given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given[Scheme.Length..].Trim()), Encoding.UTF8.GetBytes(token()));
    }

    private static LocalResponse Plain(int status, string text) => new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));
}
