using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Sluice.Kubernetes.Leases;

/// <summary>A Lease as it was seen.</summary>
/// <param name="ResourceVersion">Changes with every write of anyone.</param>
/// <param name="Holder">spec.holderIdentity; "" when nobody holds it.</param>
/// <param name="Duration">spec.leaseDurationSeconds; zero when it is missing.</param>
/// <param name="AcquireTime">spec.acquireTime as it stands there; null when it is missing.</param>
/// <param name="Transitions">spec.leaseTransitions: how often the holder has changed.</param>
internal sealed record LeaseRecord(string ResourceVersion, string Holder, TimeSpan Duration, string? AcquireTime, int Transitions)
{
    /// <exception cref="JsonException">Not a Lease.</exception>
    public static LeaseRecord Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("metadata", out var metadata) || Text(metadata, "resourceVersion") is not { } version)
            throw new JsonException("the answer is no Lease");
        if (!root.TryGetProperty("spec", out var spec))
            return new LeaseRecord(version, "", TimeSpan.Zero, null, 0);
        return new LeaseRecord(
            version,
            Text(spec, "holderIdentity") ?? "",
            TimeSpan.FromSeconds(Number(spec, "leaseDurationSeconds")),
            Text(spec, "acquireTime"),
            Number(spec, "leaseTransitions"));
    }

    /// <summary>A new Lease (POST), or a merge patch that fits this version only.</summary>
    /// <param name="name">For a new Lease; null for a patch.</param>
    /// <param name="now">spec.renewTime.</param>
    public ReadOnlyMemory<byte> Write(string? name, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (name is not null)
            {
                writer.WriteString("apiVersion", "coordination.k8s.io/v1");
                writer.WriteString("kind", "Lease");
            }

            writer.WriteStartObject("metadata");
            if (name is not null)
                writer.WriteString("name", name);
            else
                writer.WriteString("resourceVersion", ResourceVersion);
            writer.WriteEndObject();
            writer.WriteStartObject("spec");
            writer.WriteString("holderIdentity", Holder);
            writer.WriteNumber("leaseDurationSeconds", Math.Max(1, (int)Duration.TotalSeconds));
            if (AcquireTime is not null)
                writer.WriteString("acquireTime", AcquireTime);
            writer.WriteString("renewTime", MicroTime(now));
            writer.WriteNumber("leaseTransitions", Transitions);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>metav1.MicroTime.</summary>
    public static string MicroTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;
}
