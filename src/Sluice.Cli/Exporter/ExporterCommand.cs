using System.CommandLine;
using Sluice.Cli.Options;
using Sluice.Cli.Version;
using Sluice.Exporter.Serving;

namespace Sluice.Cli.Exporter;

/// <summary><c>sluice exporter</c>: shows the state of a cluster's Gateway API objects as Prometheus metrics, whoever serves them.</summary>
internal static class ExporterCommand
{
    public static Command Create()
    {
        var access = new ClusterAccessOptions();
        var listen = NetworkOptions.EndPoint("--listen", $"Where /metrics is served; port 0 takes a free one. Default: {ExporterOptions.DefaultEndPoint}.");
        var watch = new Option<bool>("--watch") { Description = "Follow objects by watches, and have their samples ready, instead of listing them with every scrape: for clusters with many thousand objects." };
        var kinds = new KindOptions();
        var timeout = NetworkOptions.Duration("--scrape-timeout", "The longest time that a scrape may take; less where Prometheus says that it waits less. Default: 8s.");
        var token = new Option<string?>("--token-file") { HelpName = "FILE", Description = "A file with the token that scrapers must send; read anew when it changes. Default: none is needed." };
        var certificate = new Option<string?>("--tls-cert-file", "--tls-cert") { HelpName = "FILE", Description = "PEM certificates to serve over TLS with; read anew when they change. Default: cleartext." };
        var key = new Option<string?>("--tls-key-file", "--tls-key") { HelpName = "FILE", Description = "The PEM key of --tls-cert-file." };
        var command = new Command("exporter", "Serve metrics about the Gateway API objects of a cluster, whichever controller serves them.") { listen, watch, timeout, token, certificate, key };
        access.AddTo(command);
        kinds.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var files = ServingFiles.Read(parsed.GetValue(certificate), parsed.GetValue(key), parsed.GetValue(token));
            return RunAsync(
                new ExporterOptions
                {
                    Access = access.Load(parsed),
                    EndPoint = parsed.GetValue(listen) ?? ExporterOptions.DefaultEndPoint,
                    Tls = files.Tls,
                    Token = files.HasToken ? () => files.Token : null,
                    Kinds = kinds.Read(parsed),
                    Watch = parsed.GetValue(watch),
                    ScrapeTimeout = parsed.GetValue(timeout) ?? TimeSpan.FromSeconds(8),
                    Version = BuildInfo.Current.Version,
                    Problem = problem => Console.Error.WriteLine($"sluice: {problem}"),
                    Faulted = exception => Console.Error.WriteLine($"sluice: a defect was caught: {exception}"),
                },
                files,
                cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(ExporterOptions options, ServingFiles files, CancellationToken cancellation)
    {
        using var signals = new ShutdownSignals();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, signals.Requested);
        try
        {
            await using var exporter = await StateExporter.StartAsync(options);
            Console.WriteLine($"Metrics of {options.Kinds.Count} kinds at {(options.Tls is null ? "http" : "https")}://{exporter.EndPoint}/metrics, from {options.Access}");
            await files.FollowAsync(options.Problem, options.Clock, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCode.Success;
        }
        catch (IOException error)
        {
            throw new UserErrorException($"the exporter cannot listen on {error.Message}. Choose another address with --listen HOST:PORT.");
        }
    }
}
