using System.Text.Json;
using Sluice.Configuration.Json;

namespace Sluice.Configuration.Streaming;

/// <summary>
/// Writes updates: how one configuration becomes another, in frames. Lists are edited by pieces that are taken over and items that
/// are new, down to the entries of a virtual host and the endpoints of a cluster, so that an update is about as large as what
/// changed. A full configuration is an update of the empty one.
/// </summary>
public static class UpdateWriter
{
    /// <summary>Bytes after which a frame ends and the list goes on in another, so that nobody needs memory for all of it.</summary>
    private const int FrameBytes = 32 * 1024;

    /// <summary>Gets whole frames, one at a time, each valid during the call.</summary>
    public delegate void FrameSink(ReadOnlySpan<byte> frame);

    /// <summary>Writes how a configuration becomes another.</summary>
    /// <param name="from">What the receiver has.</param>
    /// <param name="to">What it is to have.</param>
    /// <param name="version">Of <paramref name="to"/>; above that of <paramref name="from"/>.</param>
    /// <param name="updateBase">How the receiver finds <paramref name="from"/>.</param>
    /// <param name="baseVersion">Of <paramref name="from"/>, with <see cref="UpdateBase.Version"/>.</param>
    /// <param name="secrets">Whether private keys are written.</param>
    /// <param name="sink">Gets the frames.</param>
    public static void Write(
        ConfigurationTables from, ConfigurationTables to, long version, UpdateBase updateBase, long baseVersion, Secrets secrets, FrameSink sink)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(sink);
        using var frames = new FrameBuffer();
        WriteBegin(frames, version, updateBase, baseVersion, sink);
        WriteParts(frames, from, to, secrets, sink);
        var writer = frames.Begin(FrameType.Commit);
        writer.WriteStartObject();
        writer.WriteNumber("version", version);
        writer.WriteEndObject();
        sink(frames.End());
    }

    /// <summary>Everything but the versions.</summary>
    internal static void WriteParts(FrameBuffer frames, ConfigurationTables from, ConfigurationTables to, Secrets secrets, FrameSink sink)
    {
        var (old, now) = (from.Configuration, to.Configuration);
        WriteHead(frames, old, now, secrets, sink);
        WriteList(frames, FrameType.Certificates, null, from.Certificates, to.Certificates, null, sink, (writer, certificate, _) =>
            TlsWriter.Write(writer, certificate, secrets));
        WriteList(frames, FrameType.Rules, null, from.Rules, to.Rules, null, sink, (writer, rule, _) => RuleWriter.Write(writer, rule, secrets));
        WriteList(frames, FrameType.Clusters, null, old.Clusters, now.Clusters, cluster => cluster.Name, sink, (writer, cluster, replaced) =>
            WriteCluster(writer, cluster, replaced, old, to));
        WriteList(frames, FrameType.Listeners, null, old.Listeners, now.Listeners, listener => listener.Name, sink, (writer, listener, replaced) =>
            ListenerEdits.Write(writer, listener, replaced, old, to));
        WriteRoutes(frames, old, to, sink);
    }

    /// <summary>Writes a list's pieces as a member "items" or another name.</summary>
    internal static void WritePieces<T>(Utf8JsonWriter writer, IReadOnlyList<T> now, IEnumerable<ListEdit> edits, Action<Utf8JsonWriter, T, int> writeNew)
    {
        foreach (var edit in edits)
            WritePiece(writer, now, edit, writeNew);
    }

    private static void WriteBegin(FrameBuffer frames, long version, UpdateBase updateBase, long baseVersion, FrameSink sink)
    {
        var writer = frames.Begin(FrameType.Begin);
        writer.WriteStartObject();
        writer.WriteNumber("version", version);
        writer.WriteString("base", updateBase.ToString());
        if (updateBase == UpdateBase.Version)
            writer.WriteNumber("baseVersion", baseVersion);
        writer.WriteEndObject();
        sink(frames.End());
    }

    private static void WriteHead(FrameBuffer frames, ProxyConfiguration old, ProxyConfiguration now, Secrets secrets, FrameSink sink)
    {
        if (old.Gateway == now.Gateway && old.Addresses.SequenceEqual(now.Addresses, StringComparer.Ordinal) && ReferenceEquals(old.Telemetry, now.Telemetry))
            return;
        var writer = frames.Begin(FrameType.Head);
        writer.WriteStartObject();
        writer.WriteString("gateway", now.Gateway);
        PolicyWriter.Write(writer, "addresses", now.Addresses);
        TelemetryWriter.Write(writer, now.Telemetry, secrets);
        writer.WriteEndObject();
        sink(frames.End());
    }

    private static void WriteCluster(Utf8JsonWriter writer, Cluster cluster, int replaced, ProxyConfiguration old, ConfigurationTables to)
    {
        if (replaced < 0 || old.Clusters[replaced] is not { } before || !IsSameButEndpoints(before, cluster))
        {
            ConfigurationWriter.Write(writer, cluster, certificate => writer.WriteNumberValue(to.IndexOf(certificate)));
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber("from", replaced);
        if (ListEdits.Find(before.Endpoints, cluster.Endpoints, EqualityComparer<Endpoint>.Default) is { } edits)
        {
            writer.WriteStartArray("endpoints");
            WritePieces(writer, cluster.Endpoints, edits, (output, endpoint, _) => ConfigurationWriter.Write(output, endpoint));
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static bool IsSameButEndpoints(Cluster one, Cluster other) =>
        one.Name == other.Name && one.LoadBalancing == other.LoadBalancing && one.Protocol == other.Protocol && ReferenceEquals(one.Tls, other.Tls)
        && one.ProxyProtocol == other.ProxyProtocol && one.ConnectTimeout == other.ConnectTimeout;

    private static void WriteRoutes(FrameBuffer frames, ProxyConfiguration old, ConfigurationTables to, FrameSink sink)
    {
        var listeners = to.Configuration.Listeners;
        foreach (var edit in ListEdits.Find<Listener>(old.Listeners, listeners, ReferenceEqualityComparer.Instance, listener => listener.Name) ?? [])
        {
            if (!edit.IsNew)
                continue;
            var hosts = listeners[edit.Index].VirtualHosts;
            var before = edit.Start < 0 ? [] : old.Listeners[edit.Start].VirtualHosts;
            foreach (var hostEdit in ListEdits.Find<VirtualHost>(before, hosts, ReferenceEqualityComparer.Instance, host => host.Hostname) ?? [])
            {
                if (!hostEdit.IsNew)
                    continue;
                WriteList(frames, FrameType.Routes, (edit.Index, hostEdit.Index), hostEdit.Start < 0 ? [] : before[hostEdit.Start].Routes, hosts[hostEdit.Index].Routes, null, sink, (writer, entry, _) =>
                {
                    writer.WriteStartObject();
                    RuleWriter.Write(writer, entry.Match);
                    writer.WriteNumber("rule", to.IndexOf(entry.Rule));
                    writer.WriteEndObject();
                });
            }
        }
    }

    private static void WriteList<T>(
        FrameBuffer frames,
        FrameType type,
        (int Listener, int Host)? place,
        IReadOnlyList<T> old,
        IReadOnlyList<T> now,
        Func<T, string>? key,
        FrameSink sink,
        Action<Utf8JsonWriter, T, int> writeNew)
        where T : class
    {
        if (ListEdits.Find<T>(old, now, ReferenceEqualityComparer.Instance, key) is not { } edits)
            return;
        var writer = Begin(frames, type, place);
        foreach (var edit in edits)
        {
            if (frames.Length > FrameBytes)
            {
                End(frames, writer, sink);
                writer = Begin(frames, type, place);
            }

            WritePiece(writer, now, edit, writeNew);
        }

        End(frames, writer, sink);
    }

    private static Utf8JsonWriter Begin(FrameBuffer frames, FrameType type, (int Listener, int Host)? place)
    {
        var writer = frames.Begin(type);
        writer.WriteStartObject();
        if (place is { } at)
        {
            writer.WriteNumber("listener", at.Listener);
            writer.WriteNumber("host", at.Host);
        }

        writer.WriteStartArray("items");
        return writer;
    }

    private static void End(FrameBuffer frames, Utf8JsonWriter writer, FrameSink sink)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
        sink(frames.End());
    }

    private static void WritePiece<T>(Utf8JsonWriter writer, IReadOnlyList<T> now, ListEdit edit, Action<Utf8JsonWriter, T, int> writeNew)
    {
        if (edit.IsNew)
        {
            writeNew(writer, now[edit.Index], edit.Start);
            return;
        }

        writer.WriteStartArray();
        writer.WriteNumberValue(edit.Start);
        writer.WriteNumberValue(edit.Count);
        writer.WriteEndArray();
    }
}
