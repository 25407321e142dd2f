using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Statuses;

/// <summary>
/// The condition SupportedVersion of our GatewayClasses: whether the Gateway API's CRDs in the cluster are of the version that this
/// program was made for (GatewayClassConditionStatusSupportedVersion). With others it works as well as it can.
/// </summary>
internal sealed class SupportedVersion
{
    /// <summary>Of the CRDs that this version was made for: every patch of it will do.</summary>
    public const string Version = "v1.6";

    /// <summary>On the CRDs of the Gateway API.</summary>
    public const string Annotation = "gateway.networking.k8s.io/bundle-version";

    private const string Type = "SupportedVersion";

    private IReadOnlyDictionary<NamespacedName, GatewayClassStatus>? _from;
    private IReadOnlyDictionary<NamespacedName, GatewayClassStatus> _completed = new Dictionary<NamespacedName, GatewayClassStatus>();
    private string? _version;

    /// <param name="classes">Of our classes.</param>
    /// <param name="version">The annotation's value; null when it is not known, and then nothing is said.</param>
    /// <returns>The same instance for the same arguments.</returns>
    public IReadOnlyDictionary<NamespacedName, GatewayClassStatus> Complete(IReadOnlyDictionary<NamespacedName, GatewayClassStatus> classes, string? version)
    {
        if (version is null)
            return classes;
        if (ReferenceEquals(_from, classes) && _version == version)
            return _completed;
        (_from, _version) = (classes, version);
        return _completed = classes.ToDictionary(pair => pair.Key, pair => pair.Value with { Conditions = [.. pair.Value.Conditions, Of(version, pair.Value.Conditions[0].ObservedGeneration)] });
    }

    private static Condition Of(string version, long generation) => IsSupported(version)
        ? new Condition(Type, true, Type, "", generation)
        : new Condition(Type, false, "UnsupportedVersion", $"the Gateway API's CRDs are of version {version}; {Version} is supported, others as far as they have the same fields", generation);

    private static bool IsSupported(string version) => version == Version || version.StartsWith($"{Version}.", StringComparison.Ordinal) || version.StartsWith($"{Version}-", StringComparison.Ordinal);
}
