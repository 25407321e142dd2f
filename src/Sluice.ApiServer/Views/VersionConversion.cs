using System.Text;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Views;

/// <summary>Between the version that is stored and the one that a client speaks. All versions of a kind have the same fields; only Events differ.</summary>
internal static class VersionConversion
{
    /// <summary>The object's JSON for a client.</summary>
    public static ReadOnlyMemory<byte> ToClient(StoredObject value, ResourceKind kind, string version)
    {
        if (kind != value.Kind)
            return CanonicalJson.Serialize(EventConversion.FromCore(JsonReading.ParseStored(value.Json)));
        if (version == kind.StorageVersion || JsonProbe.Place(value.Json, "apiVersion") is not { } place)
            return value.Json;
        var json = value.Json.AsSpan();
        return (byte[])[.. json[..place.Start], (byte)'"', .. Encoding.ASCII.GetBytes(kind.ApiVersion(version)), (byte)'"', .. json[place.End..]];
    }

    /// <summary>Changes what a client has sent into what is stored.</summary>
    public static JsonObject FromClient(JsonObject value, ResourceKind kind)
    {
        if (kind.Storage != kind)
            value = EventConversion.ToCore(value);
        value["apiVersion"] = kind.Storage.ApiVersion(kind.Storage.StorageVersion);
        value["kind"] = kind.Kind;
        return value;
    }

    /// <summary>Changes a copy of what is stored into what a client sees, for patches to work on.</summary>
    public static JsonObject ToClient(JsonObject value, ResourceKind kind, string version)
    {
        if (kind.Storage != kind)
            return EventConversion.FromCore(value);
        value["apiVersion"] = kind.ApiVersion(version);
        return value;
    }
}
