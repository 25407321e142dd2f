using System.Text;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Calls.Protobuf;
using Sluice.Proxy.Tests.Http2.Upstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Calls;

/// <summary>A gRPC server of one method, and what policies need to ask it.</summary>
internal static class GrpcBackend
{
    /// <summary>Answers every call with a message.</summary>
    public static Http2Backend Answering(Func<byte[], byte[]> answer) =>
        Http2Backend.Answering((connection, request) => AnswerAsync(connection, request.StreamId, answer(Message(request))));

    /// <summary>Answers every call with a status of gRPC in place of a message.</summary>
    public static Http2Backend Failing(int status) =>
        Http2Backend.Answering((connection, request) => connection.SendHeadersAsync(request.StreamId, true, (":status", "200"), ("content-type", "application/grpc"), ("grpc-status", $"{status}")));

    public static async Task AnswerAsync(Http2BackendConnection connection, int streamId, byte[] message)
    {
        await connection.SendHeadersAsync(streamId, false, (":status", "200"), ("content-type", "application/grpc+proto"));
        await connection.SendDataAsync(streamId, Frame(message), endStream: false);
        await connection.SendHeadersAsync(streamId, true, ("grpc-status", "0"));
    }

    /// <summary>The message behind its prefix, as <see cref="Http2BackendConnection.SendDataAsync"/> wants it.</summary>
    public static string Frame(byte[] message, int lie = 0, byte flag = 0)
    {
        var length = message.Length + lie;
        return Encoding.Latin1.GetString([flag, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, .. message]);
    }

    public static byte[] Message(Http2Request request) => Encoding.Latin1.GetBytes(request.Body[5..]);

    /// <summary>Writes a message.</summary>
    public static byte[] Write(Action<ProtobufWriter> write)
    {
        var writer = new ProtobufWriter();
        write(writer);
        return writer.Written.ToArray();
    }

    /// <summary>Writes a message within another.</summary>
    public static void Message(this ProtobufWriter writer, int field, Action<ProtobufWriter> write)
    {
        var start = writer.Begin(field);
        write(writer);
        writer.End(start);
    }

    /// <summary>HeaderValueOption.</summary>
    public static void Option(this ProtobufWriter writer, int field, string name, string value, bool? append = null, int action = 0) =>
        writer.Message(field, option =>
        {
            option.Header(1, name, value);
            if (append is { } flag)
                option.Message(2, wrapper => wrapper.Flag(1, flag));
            option.Number(3, (long)action);
        });

    /// <summary>HeaderValue.</summary>
    public static void Header(this ProtobufWriter writer, int field, string name, string value) =>
        writer.Message(field, header =>
        {
            header.Text(1, name);
            header.Text(2, value);
        });

    /// <summary>Texts of a message by path of field numbers such as "1.4.2.2"; one per time that the field is there.</summary>
    public static List<string> Texts(byte[] message, string path)
    {
        var found = new List<string>();
        Collect(message, [.. path.Split('.').Select(int.Parse)], found);
        return found;
    }

    /// <summary>A map of texts by path.</summary>
    public static Dictionary<string, string> Map(byte[] message, string path)
    {
        var keys = Texts(message, path + ".1");
        return keys.Zip(Texts(message, path + ".2")).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>How a policy names a cluster that was added to these routes.</summary>
    public static GrpcService Service(this TestRoutes routes, Http2Backend backend, int timeout = 10_000, CallRetry? retry = null) =>
        new() { Cluster = routes.AddGrpcCluster(backend.Endpoint), Authority = "service.test", Timeout = TimeSpan.FromMilliseconds(timeout), Retry = retry };

    public static string AddGrpcCluster(this TestRoutes routes, params Endpoint[] endpoints)
    {
        routes.Protocol = UpstreamProtocol.Http2;
        var name = routes.AddCluster(endpoints);
        routes.Protocol = UpstreamProtocol.Http1;
        return name;
    }

    private static void Collect(ReadOnlySpan<byte> message, ReadOnlySpan<int> path, List<string> found)
    {
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field != path[0])
                continue;
            if (path.Length > 1)
                Collect(reader.Bytes, path[1..], found);
            else
                found.Add(reader.Type == WireType.LengthDelimited ? Encoding.UTF8.GetString(reader.Bytes) : reader.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        Assert.False(reader.IsBroken);
    }
}
