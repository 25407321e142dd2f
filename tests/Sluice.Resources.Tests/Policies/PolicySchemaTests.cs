using System.Text;
using System.Text.Json.Nodes;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading;
using Sluice.Resources.Schemas;
using Sluice.Resources.Tests.Schemas;

namespace Sluice.Resources.Tests.Policies;

/// <summary>Every field of the policies, as their schemas list them, is read and checked.</summary>
public sealed class PolicySchemaTests
{
    private static readonly string[] ByHand = ["DirectResponse", "GatewayParameters"];

    public static TheoryData<string> Kinds => [.. KindSchemas.All.Where(kind => kind.IsCustom && kind.Group != GatewayApiGroup.Name && !ByHand.Contains(kind.Kind)).Select(kind => kind.Kind)];

    [Fact]
    public void Kinds_AreThere() => Assert.Equal(11, Kinds.Count);

    /// <summary>Two objects that differ in one field only are read as different records.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Field_WithAnotherValue_IsReadAsAnotherRecord(string name)
    {
        var kind = Kind(name);
        var fields = Fields(kind).ToArray();
        Assert.NotEmpty(fields);
        foreach (var (path, node) in fields)
        {
            var one = Read(kind, PolicySamples.Holding(kind.Root, path, PolicySamples.Smallest(node)));
            var other = IsAlone(node) ? Without(kind, path) : PolicySamples.Holding(kind.Root, path, PolicySamples.Smallest(node, 1));
            if (other is not null)
                Assert.True(Settings(one) != Settings(Read(kind, other)), $"{name} {path} is not read");
        }
    }

    /// <summary>What is absent means what the schema's default says.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Object_WithDefaultsFilledIn_MeansTheSame(string name)
    {
        var kind = Kind(name);
        foreach (var (path, node) in Fields(kind))
        {
            var item = PolicySamples.Holding(kind.Root, path, PolicySamples.Smallest(node));
            var before = Settings(Read(kind, item));
            Defaulting.Apply(kind, item);
            Assert.True(before == Settings(Read(kind, item)), $"{name} {path}: {item.ToJsonString()}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Value_OutOfItsRange_IsAnErrorThatNamesTheField(string name)
    {
        var kind = Kind(name);
        var count = 0;
        foreach (var (path, node) in Places(kind))
        {
            foreach (var wrong in Wrong(node))
            {
                var file = ReadFile(kind, PolicySamples.Holding(kind.Root, path, wrong));
                Assert.Contains(file.Diagnostics, finding => finding.Severity == ManifestSeverity.Error && finding.Kind == name && IsAt(finding.Field, path));
                Assert.Empty(file.Objects);
                count++;
            }
        }

        Assert.InRange(count, 5, int.MaxValue);
    }

    /// <summary>Whatever form a text must have is checked in words; there is no pattern that only an API server knows.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Pattern_GoesWithACheck(string name) => Assert.All(
        SchemaWalk.Nodes(Kind(name).Root.Properties["spec"]).Where(place => place.Node.Pattern is not null),
        place => Assert.NotNull(place.Node.Check));

    /// <summary>Random changes of a document end in an object or in an error with a place, never in an exception.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Document_WithRandomChanges_IsReadOrRefused(string name)
    {
        var kind = Kind(name);
        var random = new Random(name.Length);
        var texts = Fields(kind).Select(field => Manifest(kind, PolicySamples.Holding(kind.Root, field.Path, PolicySamples.Smallest(field.Node))).ToJsonString()).ToArray();
        var pieces = texts.SelectMany(text => text.Split('"')).Distinct().ToArray();
        for (var i = 0; i < 2_000; i++)
        {
            var text = new StringBuilder(texts[random.Next(texts.Length)]);
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var at = random.Next(text.Length);
                var length = Math.Min(random.Next(8), text.Length - at);
                text.Remove(at, length).Insert(at, random.Next(3) == 0 ? "" : pieces[random.Next(pieces.Length)]);
                if (text.Length == 0)
                    text.Append('{');
            }

            var file = new ManifestReader().Read(random.Next(2) == 0 ? "random.json" : "random.yaml", Encoding.UTF8.GetBytes(text.ToString()), now: DateTimeOffset.UnixEpoch);
            Assert.All(file.Diagnostics, finding => Assert.NotEmpty(finding.ToString()));
        }
    }

    private static KindSchema Kind(string name) => KindSchemas.All.Single(kind => kind.Kind == name);

    /// <summary>Fields of spec without fields below them.</summary>
    private static IEnumerable<(string Path, SchemaNode Node)> Fields(KindSchema kind) => Places(kind).Where(place =>
        place.Node.Properties.Count == 0 && !(place.Node.Items is { } items && items.Properties.Count > 0) && !IsTargetKind(place.Path));

    /// <summary>Only certain pairs of group and kind are right.</summary>
    private static bool IsTargetKind(string path) => path.StartsWith("spec.target", StringComparison.Ordinal) && (path.EndsWith(".group", StringComparison.Ordinal) || path.EndsWith(".kind", StringComparison.Ordinal));

    /// <summary>All fields and items in spec.</summary>
    private static IEnumerable<(string Path, SchemaNode Node)> Places(KindSchema kind) => SchemaWalk.Nodes(kind.Root)
        .Where(place => place.Path.StartsWith("spec.", StringComparison.Ordinal) && !place.Path.EndsWith("[]", StringComparison.Ordinal) && !place.Path.Contains("{}", StringComparison.Ordinal));

    /// <summary>Whether there is only one value that can be told apart from none.</summary>
    private static bool IsAlone(SchemaNode node) => node.Enum.Count == 1 || node is { Type: SchemaType.Object, AdditionalProperties: null } || node.Items?.Type == SchemaType.Object;

    /// <summary>Null when the object would be wrong without the field.</summary>
    private static JsonObject? Without(KindSchema kind, string path)
    {
        var dot = path.LastIndexOf('.');
        var (above, name) = (path[..dot], path[(dot + 1)..]);
        var parent = SchemaWalk.At(kind.Root, above);
        var fields = PolicySamples.Complete(parent, []);
        if (fields.ContainsKey(name))
            return null;
        var whole = above.EndsWith("[]", StringComparison.Ordinal) ? new JsonArray(fields) : (JsonNode)fields;
        return PolicySamples.Holding(kind.Root, above.EndsWith("[]", StringComparison.Ordinal) ? above[..^2] : above, whole);
    }

    private static IEnumerable<JsonNode> Wrong(SchemaNode node)
    {
        if (node.Type is SchemaType.Integer or SchemaType.IntOrString && node.Minimum is { } min && min > int.MinValue)
            yield return JsonValue.Create(min - 1);
        if (node.Type is SchemaType.Integer or SchemaType.IntOrString && node.Maximum is { } max)
            yield return JsonValue.Create(max + 1);
        if (node.Type == SchemaType.String && node.MinLength > 0)
            yield return JsonValue.Create("");
        if (node.Type == SchemaType.String && node.MaxLength is { } length)
            yield return JsonValue.Create(new string('a', length + 1));
        if (node.Enum.Count > 0)
            yield return JsonValue.Create("other");
        if (node.MinItems > 0)
            yield return new JsonArray();
        if (node.MaxItems is { } items)
            yield return new JsonArray([.. Enumerable.Range(0, items + 1).Select(_ => PolicySamples.Smallest(node.Items!))]);
        if (node.Type != SchemaType.String && node.Type != SchemaType.IntOrString)
            yield return JsonValue.Create("text");
        else
            yield return new JsonObject();
    }

    private static bool IsAt(string? field, string path) => field?.Replace("[0]", "[]", StringComparison.Ordinal) == path;

    /// <summary>The record without the names of fields that stand there.</summary>
    private static string Settings(KubernetesObject value) =>
        ObjectText.Of(value is Resources.Policies.PolicyObject policy ? policy with { Fields = [] } : value);

    private static KubernetesObject Read(KindSchema kind, JsonObject item)
    {
        var file = ReadFile(kind, item);
        Assert.True(file.Diagnostics.Count == 0 && file.Objects.Count == 1, $"{item.ToJsonString()}\n{string.Join('\n', file.Diagnostics)}");
        return file.Objects[0];
    }

    private static ManifestFile ReadFile(KindSchema kind, JsonObject item) =>
        new ManifestReader().Read("object.json", Encoding.UTF8.GetBytes(Manifest(kind, item).ToJsonString()), now: DateTimeOffset.UnixEpoch);

    private static JsonObject Manifest(KindSchema kind, JsonObject item)
    {
        item["apiVersion"] = kind.ApiVersion(kind.StoredVersion.Name);
        item["kind"] = kind.Kind;
        item["metadata"] = new JsonObject { ["name"] = "test" };
        return item;
    }
}
