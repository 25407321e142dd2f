using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>One document's tree into objects: finds the kind, takes lists apart, keeps the instance of an object that means what it meant before.</summary>
internal sealed class ObjectBinder(BindingContext context)
{
    private string _file = "";
    private FileResults? _results;
    private DateTimeOffset _now;

    public void StartFile(string file, FileResults results, DateTimeOffset now)
    {
        _file = file;
        _results = results;
        _now = now;
        context.StartFile(file, results.Findings);
    }

    /// <param name="root">The document's value.</param>
    public void Bind(Node root) => Bind(root, null, null);

    private void Bind(Node root, string? inheritedVersion, string? inheritedKind)
    {
        context.StartObject(null);
        if (root.IsNull)
            return;
        if (root.Kind != NodeKind.Mapping)
        {
            context.Error(root, $"must be a Kubernetes object, a mapping with apiVersion, kind and metadata, found {Describe.FoundKind(root.Kind)}");
            return;
        }

        var version = root.TryGet("apiVersion", out var versionNode) ? context.String(versionNode) : inheritedVersion;
        var kind = root.TryGet("kind", out var kindNode) ? context.String(kindNode) : inheritedKind;
        if (version is null || kind is null)
        {
            if (context.Errors == 0)
                context.Missing(root, version is null ? "apiVersion" : "kind", version is null ? "such as \"gateway.networking.k8s.io/v1\"" : "such as \"HTTPRoute\"");
            return;
        }

        if (kind.EndsWith("List", StringComparison.Ordinal) && root.TryGet("items", out var items))
        {
            BindItems(root, items, version, kind == "List" ? null : kind[..^4]);
            return;
        }

        var slash = version.IndexOf('/', StringComparison.Ordinal);
        var group = version.AsSpan(0, Math.Max(slash, 0));
        if (KnownKinds.Find(group, kind) is { } info)
            Bind(root, info, version.AsSpan(slash + 1));
        else
            Skip(root, kindNode.Tree is null ? root : kindNode, group, version, kind);
    }

    private void BindItems(Node list, Node items, string version, string? kind)
    {
        if (!context.IsList(items, 0, int.MaxValue))
            return;
        foreach (var field in list)
        {
            if (field.Key is not ("apiVersion" or "kind" or "metadata" or "items"))
                context.Unknown(field, "apiVersion kind metadata items");
        }

        foreach (var item in items)
        {
            if (item.IsNull)
                context.MustBe(item, "an object");
            else
                Bind(item, kind is null ? null : version, kind);
        }
    }

    private void Bind(Node root, KindInfo info, ReadOnlySpan<char> version)
    {
        context.StartObject(info.Kind);
        var identity = MetadataBinder.Identify(root, info.IsNamespaced);
        context.ObjectName = identity?.ToString();
        if (!info.HasVersion(version))
        {
            var at = root.TryGet("apiVersion", out var given) ? given : root;
            context.Error(at, $"{info.Kind} is read in the version {info.PreferredApiVersion}, found {Describe.Quoted(at.Text)}");
        }

        var name = new ManifestObjectName(info.Kind, identity ?? default);
        var hashes = new ObjectHashes(NodeHash.OfSpec(root), NodeHash.OfMetadata(root));
        var hasEarlier = _results!.TryTakeEarlier(name, out var earlier);
        var generation = !hasEarlier ? 1 : earlier.Object.Metadata.Generation + (earlier.Hashes.Spec == hashes.Spec ? 0 : 1);
        var created = hasEarlier ? earlier.Object.Metadata.CreationTimestamp : _now;
        var metadata = MetadataBinder.Read(context, root, info, generation, created);
        var value = info.Bind(context, metadata ?? Nameless, root);
        if (context.Errors > 0 || value is null)
        {
            if (identity is not null)
                _results.AddFailed(name);
            return;
        }

        if (hasEarlier && earlier.Hashes == hashes)
            value = earlier.Object;
        value.SetSource(_file, root.Line);
        _results.Add(value, hashes);
    }

    private void Skip(Node root, Node at, ReadOnlySpan<char> group, string version, string kind)
    {
        context.StartObject(kind);
        context.ObjectName = MetadataBinder.Identify(root, isNamespaced: false)?.ToString();
        if (KnownKinds.FindAlike(group, kind) is { } alike)
            context.Warning(at, $"skipped: there is no kind {Describe.Quoted(kind)}, did you mean {alike.Kind}?");
        else if (group.IsEmpty && KnownKinds.FindAlike(GatewayApiGroup.Name, kind) is { } other)
            context.Warning(at, $"skipped: {kind} is not of apiVersion {version}, did you mean {other.PreferredApiVersion}?");
        else
            context.Info(at, $"skipped: {version} {kind} is not a kind that is read");
    }

    /// <summary>Stands in for metadata that is wrong, so that the rest of the object is checked too.</summary>
    private static ObjectMeta Nameless { get; } = new() { Name = "" };
}
