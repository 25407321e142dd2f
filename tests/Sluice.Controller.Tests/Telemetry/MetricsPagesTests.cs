using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Sluice.Controller.Standalone;
using Sluice.Controller.Tests.Clustered;
using Sluice.Controller.Tests.Streaming;
using Sluice.Proxy;

namespace Sluice.Controller.Tests.Telemetry;

/// <summary>/metrics of everything that has it: Prometheus finds nothing to complain about, and the reference names every family.</summary>
public sealed partial class MetricsPagesTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task Pages_AreClean_AndTheReferenceNamesWhatTheyHave_AndNothingElse()
    {
        string[] pages = [await OfRunAsync(), await OfControllerAsync(), await OfProxyAsync()];

        Assert.All(pages, page => Assert.Equal("", CheckWithPromtool(page)));
        var reference = await File.ReadAllTextAsync(Path.Combine(Root(), "docs/reference/proxy-metrics.md"), TestContext.Current.CancellationToken);
        var documented = Documented().Matches(reference).Select(match => (match.Groups["name"].Value, match.Groups["type"].Value)).ToHashSet();
        var exposed = pages.SelectMany(page => Family().Matches(page)).Select(match => (match.Groups["name"].Value, match.Groups["type"].Value)).ToHashSet();
        Assert.Equal([], exposed.Except(documented).Order());
        Assert.Equal([], documented.Except(exposed).Order());
    }

    private static async Task<string> OfRunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-metrics-");
        try
        {
            var output = new StringWriter();
            var options = new StandaloneOptions { Paths = [folder.FullName], Admin = AnyPort, Workers = 1, MetricsDetail = MetricsDetail.Route, DrainTimeout = TimeSpan.Zero };
            using var stop = new CancellationTokenSource();
            var running = Task.Run(() => new StandaloneController(options, new StandaloneReporter(TextWriter.Synchronized(output), TextWriter.Null)).RunAsync(stop.Token));
            var page = await PageAsync(output);
            await stop.CancelAsync();
            await running.Within("the instance to stop");
            return page;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>With proxies elsewhere: it has what controllers with host have, and more.</summary>
    private static async Task<string> OfControllerAsync()
    {
        await using var cluster = await ProxiedCluster.StartAsync();
        await cluster.Cluster.StartControllerAsync(cluster.Options with { Admin = AnyPort });
        return await PageAsync(cluster.Cluster.Output);
    }

    private static async Task<string> OfProxyAsync()
    {
        await using var server = await StreamServer.StartAsync();
        var options = server.ProxyOptions with { MetricsDetail = MetricsDetail.Route };
        var port = Loopback.FreePort(options.Addresses[0]);
        var applying = server.DataPlane.ApplyAsync(TestConfigurations.Answering(port, "x"));
        await using var proxy = RunningProxy.Start(options);
        await proxy.WaitReadyAsync();
        await applying.Within("the answer");
        Assert.Equal("x", await proxy.GetAsync(port));

        var (status, top) = await proxy.AdminAsync("/top");
        Assert.Equal(200, status);
        Assert.Contains("\"requests\": 1", top, StringComparison.Ordinal);
        return (await proxy.AdminAsync("/metrics")).Body;
    }

    private static async Task<string> PageAsync(StringWriter output)
    {
        Match admin = Match.Empty;
        await Guard.Eventually(() => (admin = Admin().Match(output.ToString())).Success, "the admin endpoint");
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(admin.Groups["url"].Value + "/metrics"), TestContext.Current.CancellationToken);
    }

    /// <summary>What promtool has to say.</summary>
    private static string CheckWithPromtool(string page)
    {
        const string Promtool = "/usr/bin/promtool";
        Assert.True(File.Exists(Promtool), "promtool is not installed: apt-get install --no-install-recommends prometheus");
        using var process = Process.Start(new ProcessStartInfo(Promtool, ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(page);
        process.StandardInput.Close();
        process.WaitForExit();
        return said.GetAwaiter().GetResult() + error.GetAwaiter().GetResult();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sluice.slnx")))
            folder = folder.Parent!;
        return folder.FullName;
    }

    /// <summary>A row of a table. What tells about objects of the API has a reference of its own.</summary>
    [GeneratedRegex("^\\| `(?<name>[a-z0-9_]+)` \\| (?<type>[a-z]+) \\|", RegexOptions.Multiline)]
    private static partial Regex Documented();

    [GeneratedRegex("^# TYPE (?<name>(?!gatewayapi_|gateway_metrics_)[a-z0-9_]+) (?<type>[a-z]+)$", RegexOptions.Multiline)]
    private static partial Regex Family();

    [GeneratedRegex("Admin endpoint (?<url>http://\\S+)")]
    private static partial Regex Admin();
}
