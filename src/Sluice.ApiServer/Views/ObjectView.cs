using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Tables;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Views;

/// <summary>Shows objects as one client wants them: in its version, whole, as rows of a table, or only their metadata.</summary>
internal sealed class ObjectView
{
    private readonly ResourcePath _path;
    private readonly TimeProvider _clock;
    private readonly string _includeObject;
    private readonly IReadOnlyList<TableColumn> _columns;

    /// <exception cref="ApiException">406, or 400: includeObject is wrong.</exception>
    public ObjectView(ApiRequest request, ResourcePath path, TimeProvider clock)
    {
        _path = path;
        _clock = clock;
        Form = request.Form;
        _columns = Form == ObjectForm.Table ? KindColumns.Of(path.Kind) : [];
        _includeObject = request.Query["includeObject"] ?? "Metadata";
        if (_includeObject is not ("None" or "Metadata" or "Object"))
            throw ApiException.BadRequest($"includeObject: must be None, Metadata or Object, found \"{_includeObject}\"");
    }

    public ObjectForm Form { get; }

    /// <summary>What to tell users of this version.</summary>
    public IReadOnlyList<string> Warnings => _path.Kind.Warning(_path.Version) is { } warning ? [warning] : [];

    public LocalResponse Response(StoredObject value, int status, IReadOnlyList<string>? warnings = null)
    {
        var body = new ArrayBufferWriter<byte>(value.Json.Length + 256);
        Write(body, value, withColumns: true);
        return new LocalResponse(status, "application/json", body.WrittenMemory) { Headers = WarningHeader.Of([.. Warnings, .. warnings ?? []]) };
    }

    /// <summary>One object by itself, as in answers and in events of watches.</summary>
    /// <param name="output">Gets the JSON.</param>
    /// <param name="value">The object.</param>
    /// <param name="withColumns">Whether a table tells its columns.</param>
    public void Write(IBufferWriter<byte> output, StoredObject value, bool withColumns)
    {
        switch (Form)
        {
            case ObjectForm.Table:
                WriteTableStart(output, withColumns);
                output.Write(CanonicalJson.Serialize(Row(value)));
                WriteTableEnd(output, MetadataOfList(value.Version, null, null));
                break;
            case ObjectForm.Metadata:
                WriteMetadata(output, value);
                break;
            default:
                output.Write(VersionConversion.ToClient(value, _path.Kind, _path.Version).Span);
                break;
        }
    }

    /// <summary>The bytes before the first item of a list.</summary>
    public void WriteListStart(IBufferWriter<byte> output)
    {
        if (Form == ObjectForm.Table)
        {
            WriteTableStart(output, withColumns: true);
            return;
        }

        var (version, kind) = Form == ObjectForm.Metadata ? ("meta.k8s.io/v1", "PartialObjectMetadataList") : (_path.ApiVersion, _path.Kind.ListKind);
        output.Write(Encoding.UTF8.GetBytes($"{{\"kind\":\"{kind}\",\"apiVersion\":\"{version}\",\"items\":["));
    }

    public void WriteListItem(IBufferWriter<byte> output, StoredObject value)
    {
        switch (Form)
        {
            case ObjectForm.Table:
                output.Write(CanonicalJson.Serialize(Row(value)));
                break;
            case ObjectForm.Metadata:
                WriteMetadata(output, value);
                break;
            default:
                output.Write(VersionConversion.ToClient(value, _path.Kind, _path.Version).Span);
                break;
        }
    }

    public static void WriteListEnd(IBufferWriter<byte> output, JsonObject metadata) => WriteTableEnd(output, metadata);

    public static JsonObject MetadataOfList(long version, string? next, long? remaining)
    {
        var metadata = new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) };
        metadata.Put("continue", next);
        if (remaining is { } count)
            metadata["remainingItemCount"] = count;
        return metadata;
    }

    /// <summary>An object without content that says how far a watch has come.</summary>
    public void WriteBookmark(IBufferWriter<byte> output, long version, bool endsInitialEvents)
    {
        var metadata = MetadataOfList(version, null, null);
        if (endsInitialEvents)
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        switch (Form)
        {
            case ObjectForm.Table:
                WriteTableStart(output, withColumns: false);
                WriteTableEnd(output, metadata);
                break;
            case ObjectForm.Metadata:
                output.Write(CanonicalJson.Serialize(new JsonObject { ["kind"] = "PartialObjectMetadata", ["apiVersion"] = "meta.k8s.io/v1", ["metadata"] = metadata }));
                break;
            default:
                output.Write(CanonicalJson.Serialize(new JsonObject { ["kind"] = _path.Kind.Kind, ["apiVersion"] = _path.ApiVersion, ["metadata"] = metadata }));
                break;
        }
    }

    private static void WriteMetadata(IBufferWriter<byte> output, StoredObject value)
    {
        output.Write("{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"u8);
        output.Write(JsonProbe.Place(value.Json, "metadata") is { } place ? value.Json.AsSpan()[place] : "{}"u8);
        output.Write("}"u8);
    }

    private void WriteTableStart(IBufferWriter<byte> output, bool withColumns)
    {
        output.Write("{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\",\"columnDefinitions\":"u8);
        var columns = withColumns ? _columns : [];
        output.Write(CanonicalJson.Serialize(new JsonArray([.. columns.Select(Definition)])));
        output.Write(",\"rows\":["u8);
    }

    private static void WriteTableEnd(IBufferWriter<byte> output, JsonObject metadata)
    {
        output.Write("],\"metadata\":"u8);
        output.Write(CanonicalJson.Serialize(metadata));
        output.Write("}"u8);
    }

    private static JsonNode Definition(TableColumn column) => new JsonObject
    {
        ["name"] = column.Name,
        ["type"] = column.Type,
        ["format"] = column.Format,
        ["description"] = column.Description,
        ["priority"] = column.Priority,
    };

    private JsonObject Row(StoredObject value)
    {
        var json = VersionConversion.ToClient(JsonReading.ParseStored(value.Json), _path.Kind, _path.Version);
        var now = _clock.GetUtcNow();
        var row = new JsonObject { ["cells"] = new JsonArray([.. _columns.Select(column => column.Cell(json, now))]) };
        switch (_includeObject)
        {
            case "Object":
                row["object"] = json;
                break;
            case "Metadata":
                row["object"] = new JsonObject { ["kind"] = "PartialObjectMetadata", ["apiVersion"] = "meta.k8s.io/v1", ["metadata"] = json["metadata"]?.DeepClone() };
                break;
        }

        return row;
    }
}
