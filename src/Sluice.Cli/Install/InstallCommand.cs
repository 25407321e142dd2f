using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sluice.Cli.Crds;
using Sluice.Cli.Options;
using Sluice.Cli.Version;
using Sluice.Kubernetes.Installing;
using Sluice.Resources.Writing;

namespace Sluice.Cli.Install;

/// <summary><c>sluice install</c>: prints what a cluster needs to run Sluice, for <c>kubectl apply -f -</c>.</summary>
internal static partial class InstallCommand
{
    private const string Infrastructure = "--infrastructure";
    private const string Exporter = "--exporter";

    public static Command Create()
    {
        var @namespace = ParsedOption.Create<string?>("--namespace", "NAME", $"Where the controller runs. Default: {InstallOptions.DefaultNamespace}.", "a DNS label: at most 63 lower case letters, digits and -", TryParseNamespace);
        var image = ParsedOption.Create<string?>("--image", "IMAGE", $"Of the controller and its proxies. Default: {DefaultImage}, as the Dockerfile makes it.", "the name of an image, such as registry.example.com/sluice:1.0", TryParseImage);
        var replicas = NetworkOptions.Number("--replicas", "Controllers, of which one at a time writes. Default: 2; 1 with infrastructure host.", 1, 9);
        var infrastructure = ParsedOption.Create<InfrastructureKind>(Infrastructure, "kubernetes|host", "Serve each Gateway by proxies of its own (kubernetes, default), or in the controller's process on its node's network (host).", "kubernetes or host", TryParseInfrastructure);
        var pool = NetworkOptions.Network("--address-pool", "With infrastructure host: addresses for Gateways that ask for none.");
        var ports = new Option<int[]>("--api-server-port") { HelpName = "N", Description = "A port that the API server itself listens on, which the NetworkPolicy lets the controller reach; may be repeated. Default: 443 and 6443." };
        ports.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (!ushort.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
                    result.AddError($"--api-server-port: \"{token.Value}\" is not a port; expected a whole number from 1 to 65535.");
            }
        });
        var noDefinitions = new Option<bool>("--no-crds") { Description = "Leave out the definitions of gateway.kgateway.dev." };
        var noClass = new Option<bool>("--no-gateway-class") { Description = "Leave out the GatewayClass." };
        var exporter = ParsedOption.Create<ExporterPart>(Exporter, "with|only", "Install the exporter of state metrics beside the controller (with), or nothing else (only). Default: no exporter.", "with or only", TryParseExporter);
        var kuadrant = new Option<bool>("--kuadrant") { Description = "The exporter shows the kinds of Kuadrant too." };
        var monitor = new Option<bool>("--service-monitor") { Description = "A ServiceMonitor for the exporter, where the Prometheus operator is installed." };
        var pods = new Option<bool>("--pod-monitors") { Description = "PodMonitors for controllers and proxies, where the Prometheus operator is installed." };
        var output = ParsedOption.Create<ManifestFormat>("--output", "yaml|json", "yaml (default), or json: one List.", "yaml or json", TryParseFormat);
        var command = new Command("install", "Print the manifests that a cluster needs; pipe them to kubectl apply -f -.") { @namespace, image, replicas, infrastructure, pool, ports, noDefinitions, noClass, exporter, kuadrant, monitor, pods, output };
        command.Validators.Add(result =>
        {
            // By the words, which are there before they are known to be right.
            var isHost = result.GetResult(infrastructure)?.Tokens is [{ Value: "host" }];
            if (!isHost && result.GetResult(pool) is not null)
                result.AddError($"--address-pool goes with {Infrastructure} host only: the addresses of other Gateways come from their Services.");
            if (result.GetResult(exporter) is null)
            {
                foreach (var option in (Option[])[kuadrant, monitor])
                {
                    if (result.GetResult(option) is { Implicit: false })
                        result.AddError($"{option.Name} is for the exporter, which {Exporter} installs.");
                }
            }
            if (result.GetResult(exporter)?.Tokens is [{ Value: "only" }] && result.GetResult(pods) is { Implicit: false })
                result.AddError($"--pod-monitors is for controllers and proxies, which {Exporter} only leaves out.");
            if (isHost && result.GetResult(replicas)?.Tokens is [{ Value: not "1" }])
                result.AddError($"--replicas is 1 with {Infrastructure} host: two controllers on one node would want the same ports.");
        });
        command.SetAction(parsed =>
        {
            var kind = parsed.GetValue(infrastructure);
            var manifests = InstallManifests.Create(new InstallOptions
            {
                Namespace = parsed.GetValue(@namespace) ?? InstallOptions.DefaultNamespace,
                Image = parsed.GetValue(image) ?? DefaultImage,
                Version = BuildInfo.Current.Version,
                Infrastructure = kind,
                Replicas = parsed.GetValue(replicas) ?? (kind == InfrastructureKind.Host ? 1 : 2),
                AddressPool = parsed.GetValue(pool),
                ApiServerPorts = parsed.GetValue(ports) is { Length: > 0 } given ? given : [443, 6443],
                Definitions = parsed.GetValue(noDefinitions) ? [] : [.. CustomResources.All],
                WithGatewayClass = !parsed.GetValue(noClass),
                Exporter = parsed.GetValue(exporter),
                ExporterShowsKuadrant = parsed.GetValue(kuadrant),
                WithServiceMonitor = parsed.GetValue(monitor),
                WithPodMonitors = parsed.GetValue(pods),
            });
            Write(manifests, parsed.GetValue(output));
        });
        return command;
    }

    private static string DefaultImage => $"sluice:{BuildInfo.Current.Version}";

    private static void Write(IReadOnlyList<JsonObject> manifests, ManifestFormat format)
    {
        if (format == ManifestFormat.Yaml)
        {
            YamlText.Write(Console.Out, manifests);
            return;
        }

        var list = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray([.. manifests]) };
        using var output = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
            list.WriteTo(writer);
        output.Write("\n"u8);
    }

    private static bool TryParseNamespace(string text, out string? name)
    {
        name = text;
        return text.Length <= 63 && Label().IsMatch(text);
    }

    // The grammar of references is the registries'; here only what would break a manifest, or is plainly something else, is refused.
    private static bool TryParseImage(string text, out string? image)
    {
        image = text;
        return text.Length <= 512 && Image().IsMatch(text);
    }

    private static bool TryParseInfrastructure(string text, out InfrastructureKind kind)
    {
        kind = text == "host" ? InfrastructureKind.Host : InfrastructureKind.Kubernetes;
        return text is "host" or "kubernetes";
    }

    private static bool TryParseExporter(string text, out ExporterPart part)
    {
        part = text == "only" ? ExporterPart.Only : ExporterPart.With;
        return text is "only" or "with";
    }

    private static bool TryParseFormat(string text, out ManifestFormat format)
    {
        format = text == "json" ? ManifestFormat.Json : ManifestFormat.Yaml;
        return text is "json" or "yaml";
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._:/@-]*[A-Za-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Image();
}
