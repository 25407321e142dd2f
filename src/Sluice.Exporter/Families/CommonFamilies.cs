namespace Sluice.Exporter.Families;

/// <summary>Families that several kinds have, each in the same words.</summary>
internal static class CommonFamilies
{
    /// <summary>The object's Kubernetes labels.</summary>
    public static MetricFamily Labels() => new("labels", "Kubernetes labels converted to Prometheus labels.", MetricValue.One) { IsOfLabels = true };

    public static MetricFamily Created() => new("created", "created timestamp", MetricValue.Time("metadata.creationTimestamp"), new SampleSource(""));

    /// <summary>A live object has 0.</summary>
    public static MetricFamily Deleted() => new("deleted", "deletion timestamp", MetricValue.TimeOrZero("metadata.deletionTimestamp"), new SampleSource(""));

    /// <summary>A live object has no sample.</summary>
    public static MetricFamily DeletedOnly() => new("deleted", "deletion timestamp", MetricValue.Time("metadata.deletionTimestamp"), new SampleSource(""));

    /// <summary>The conditions of the object.</summary>
    public static MetricFamily Status() => new(
        "status",
        "status condition",
        MetricValue.Condition("status.conditions[].status"),
        new SampleSource("status.conditions[]", new FamilyLabel("type", "status.conditions[].type")));

    /// <param name="help">Such as "Gateway listener information".</param>
    public static MetricFamily ListenerInfo(string help) => new(
        "listener_info",
        help,
        MetricValue.One,
        new SampleSource(
            "spec.listeners[]",
            new FamilyLabel("listener_name", "spec.listeners[].name"),
            new FamilyLabel("port", "spec.listeners[].port"),
            new FamilyLabel("protocol", "spec.listeners[].protocol"),
            new FamilyLabel("hostname", "spec.listeners[].hostname"),
            new FamilyLabel("tls_mode", "spec.listeners[].tls.mode"),
            new FamilyLabel("allowed_routes_namespaces_from", "spec.listeners[].allowedRoutes.namespaces.from")));

    public static MetricFamily AttachedRoutes() => new(
        "status_listener_attached_routes",
        "Number of attached routes for a listener",
        MetricValue.Number("status.listeners[].attachedRoutes"),
        new SampleSource("status.listeners[]", new FamilyLabel("listener_name", "status.listeners[].name")));

    public static MetricFamily ListenersConditions() => new(
        "status_listeners_conditions",
        "status condition of a listener",
        MetricValue.Condition("status.listeners[].conditions[].status"),
        new SampleSource(
            "status.listeners[].conditions[]",
            new FamilyLabel("listener_name", "status.listeners[].name"),
            new FamilyLabel("type", "status.listeners[].conditions[].type")));

    /// <summary>Labels of a reference to a parent of routes, or to an ancestor of policies.</summary>
    /// <param name="prefix">Of the labels: "parent".</param>
    /// <param name="path">Of the reference.</param>
    public static IReadOnlyList<FamilyLabel> Reference(string prefix, string path) =>
    [
        new($"{prefix}_group", $"{path}.group"),
        new($"{prefix}_kind", $"{path}.kind"),
        new($"{prefix}_name", $"{path}.name"),
        new($"{prefix}_namespace", $"{path}.namespace"),
        new($"{prefix}_section_name", $"{path}.sectionName"),
        new($"{prefix}_port", $"{path}.port"),
    ];

    /// <summary>Labels of the one object that a policy is for.</summary>
    public static SampleSource TargetRef { get; } = new(
        "",
        new FamilyLabel("target_group", "spec.targetRef.group"),
        new FamilyLabel("target_kind", "spec.targetRef.kind"),
        new FamilyLabel("target_name", "spec.targetRef.name"),
        new FamilyLabel("target_namespace", "spec.targetRef.namespace"));
}
