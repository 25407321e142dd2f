using Sluice.Configuration.Telemetry;
using Sluice.Translation.Policies;

namespace Sluice.Translation;

/// <summary>What a <see cref="Translator"/> is told once, when it is made.</summary>
public sealed record TranslatorOptions
{
    public const string DefaultControllerName = "sluice.dev/gateway-controller";

    /// <summary>GatewayClasses with one of these controllerNames are ours. Never empty; the first stands for classes that are not in the snapshot.</summary>
    public IReadOnlyList<string> ControllerNames { get; init; } = [DefaultControllerName];

    /// <summary>Standalone: a Gateway whose GatewayClass is not in the snapshot is claimed too, and a notice says so once per class.</summary>
    public bool ClaimUnknownClasses { get; init; }

    /// <summary>
    /// In a cluster: GatewayParameters that a GatewayClass or Gateway names and that are not there are InvalidParameters, as they
    /// say how its proxies run. Otherwise a notice says so. Default false.
    /// </summary>
    public bool RequireParameters { get; init; }

    /// <summary>Added to a listener's port to get the port that is bound. Default 0.</summary>
    public int PortOffset { get; init; }

    /// <summary>Number of proxies in front that are trusted: see <see cref="Configuration.Listener.TrustedHops"/>. Default 0.</summary>
    public int TrustedHops { get; init; }

    /// <summary>Policies of this namespace may select their targets in every namespace; null: none may. Default null.</summary>
    public string? GlobalPolicyNamespace { get; init; }

    /// <summary>Which references of policies to other namespaces need a ReferenceGrant. Default: those to Secrets, ConfigMaps and backends.</summary>
    public ReferenceMode PolicyReferences { get; init; }

    /// <summary>Access logs and tracing of every Gateway; its annotations may add to them. Null: neither.</summary>
    public TelemetrySettings? Telemetry { get; init; }

    /// <summary>Gives each Gateway the addresses that it binds. Default: 127.0.0.1 for every Gateway.</summary>
    public IGatewayAddresses Addresses { get; init; } = new FixedGatewayAddresses("127.0.0.1");
}
