namespace Sluice.Exporter.Serving;

/// <summary>What <c>/</c> answers.</summary>
internal static class LandingPage
{
    public const string Text = """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Sluice exporter</title></head>
        <body>
        <h1>Sluice exporter</h1>
        <p>The state of a cluster's Gateway API objects, for Prometheus.</p>
        <ul>
        <li><a href="/metrics">/metrics</a>: text or OpenMetrics, as the scraper asks</li>
        <li><a href="/healthz">/healthz</a> and <a href="/livez">/livez</a>: 200 while the process lives</li>
        <li><a href="/readyz">/readyz</a>: 200 when there is something to serve</li>
        </ul>
        </body>
        </html>

        """;
}
