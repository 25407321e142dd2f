using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Binding;
using Sluice.Resources.Reading.Json;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading;

/// <summary>
/// Reads single objects as an API server gives them. generation and creationTimestamp are the server's; unknown fields say
/// nothing, since a newer API may have them. Keeps tables of strings and values that objects share, so use one reader for all.
/// </summary>
public sealed class ObjectReader
{
    /// <summary>Stands for a file in findings.</summary>
    private const string Place = "cluster";

    private readonly Lock _lock = new();
    private readonly ManifestReaderParts _parts;
    private readonly BindingContext _context;
    private readonly ServerFields _fields = new();

    /// <param name="limits">Null for <see cref="ManifestLimits.Default"/>.</param>
    public ObjectReader(ManifestLimits? limits = null)
    {
        _parts = new ManifestReaderParts(limits ?? ManifestLimits.Default);
        _context = new BindingContext(_parts.Strings);
    }

    /// <param name="group">API group, "" for the core group.</param>
    /// <param name="kind">As in manifests; the object need not say it, since those in lists of an API server do not.</param>
    /// <param name="envelope">Of the same bytes.</param>
    /// <param name="json">The object.</param>
    /// <exception cref="ArgumentException">It is not a kind that is read.</exception>
    public ReadObject Read(string group, string kind, ObjectEnvelope envelope, ReadOnlySpan<byte> json)
    {
        var info = KnownKinds.Find(group, kind) ?? throw new ArgumentException($"{kind} of the group \"{group}\" is not a kind that is read.", nameof(kind));
        lock (_lock)
        {
            var findings = new FindingList(Place, RefusedObject.MaxMessages);
            try
            {
                return Bind(info, envelope, json, findings);
            }
            catch (ManifestSyntaxException error)
            {
                return new ReadObject(null, new RefusedObject { Kind = kind, Key = envelope.Key, Generation = envelope.Generation, Messages = [error.Message] });
            }
            finally
            {
                _parts.Tree.Clear();
            }
        }
    }

    private ReadObject Bind(KindInfo info, ObjectEnvelope envelope, ReadOnlySpan<byte> json, FindingList findings)
    {
        _fields.Start();
        new JsonParser(json, _parts.Builder, _parts.Strings, _parts.Limits.MaxDepth, _fields).Read();
        var root = _parts.Tree.Root;
        _context.StartFile(Place, findings);
        _context.StartObject(info.Kind);
        _context.ObjectName = envelope.Key.ToString();
        var metadata = MetadataBinder.Read(_context, root, info, envelope.Generation, envelope.CreationTimestamp);
        var value = metadata is null ? null : info.Bind(_context, metadata with { Uid = envelope.Uid }, root);
        return _context.Errors == 0 && value is not null ? new ReadObject(value, null) : new ReadObject(null, Refuse(info, envelope, root, findings));
    }

    private RefusedObject Refuse(KindInfo info, ObjectEnvelope envelope, Node root, FindingList findings)
    {
        string[] messages = [.. findings.ToArray().Where(finding => finding.Severity == ManifestSeverity.Error).Select(Text)];

        // What is read again reports again, to nobody.
        _context.StartFile(Place, new FindingList(Place, 0));
        return new RefusedObject
        {
            Kind = info.Kind,
            Key = envelope.Key,
            Generation = envelope.Generation,
            Messages = messages.Length > 0 ? messages : [$"is not a valid {info.Kind}"],
            GatewayClassName = info.Kind == "Gateway" ? Field(root, "gatewayClassName") : null,
            ControllerName = info.Kind == "GatewayClass" ? Field(root, "controllerName") : null,
            ParentRefs = Parents(root),
        };
    }

    private static string Text(ManifestDiagnostic finding) => finding.Field is null ? finding.Message : $"{finding.Field}: {finding.Message}";

    private static string? Field(Node root, string name) =>
        root.TryGet("spec", out var spec) && spec.TryGet(name, out var value) && value.Kind == NodeKind.String ? value.Text : null;

    private ParentReference[] Parents(Node root)
    {
        if (!root.TryGet("spec", out var spec))
            return [];
        if (spec.TryGet("parentRef", out var parent))
            return References.Parent(_context, parent) is { } single ? [single] : [];
        return spec.TryGet("parentRefs", out var parents) ? RouteBinder.Parents(_context, parents) : [];
    }
}
