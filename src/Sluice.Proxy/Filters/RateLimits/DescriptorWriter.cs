using System.Net;
using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Calls.Protobuf;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.RateLimits;

/// <summary>Writes one descriptor of a request (envoy.extensions.common.ratelimit.v3.RateLimitDescriptor).</summary>
internal sealed class DescriptorWriter(RateLimitDescriptor descriptor)
{
    private readonly Entry[] _entries = [.. descriptor.Entries.Select(entry => new Entry(entry))];

    /// <summary>Writes it unless an entry has no value for the request.</summary>
    public bool TryWrite(ProtobufWriter writer, RequestHead head, FilterContext context)
    {
        foreach (Entry entry in _entries)
        {
            if (!entry.Exists(head, context))
                return false;
        }
        int message = writer.Begin(2);
        foreach (Entry entry in _entries)
        {
            int part = writer.Begin(1);
            writer.Text(1, entry.Key);
            entry.WriteValue(writer, head, context);
            writer.End(part);
        }
        writer.End(message);
        return true;
    }

    private sealed class Entry(RateLimitEntry entry)
    {
        private readonly byte[] _value = Encoding.UTF8.GetBytes(entry.Value ?? "");
        private readonly byte[] _lowerName = Encoding.ASCII.GetBytes(entry.Key.ToLowerInvariant());

        public byte[] Key { get; } = Encoding.UTF8.GetBytes(entry.Key);

        public bool Exists(RequestHead head, FilterContext context) => entry.Type switch
        {
            RateLimitEntryType.Header => RequestFields.Find(head, _lowerName) is >= 0 and var index && head.Fields[index].ValueLength > 0,
            RateLimitEntryType.RemoteAddress => context.TryGetClient(head, out _),
            _ => true,
        };

        public void WriteValue(ProtobufWriter writer, RequestHead head, FilterContext context)
        {
            switch (entry.Type)
            {
                case RateLimitEntryType.Generic:
                    writer.Bytes(2, _value);
                    break;
                case RateLimitEntryType.Header:
                    writer.Text(2, head.ValueOf(head.Fields[RequestFields.Find(head, _lowerName)]));
                    break;
                case RateLimitEntryType.Path:
                    WritePath(writer, head);
                    break;
                default:
                    WriteAddress(writer, head, context);
                    break;
            }
        }

        private static void WritePath(ProtobufWriter writer, RequestHead head)
        {
            if (head.QuerySlice.Length == 0)
                writer.Text(2, head.Path);
            else
                writer.Text(2, [.. head.Path, .. head.Query]);
        }

        // In one form, so that no client has several buckets.
        private static void WriteAddress(ProtobufWriter writer, RequestHead head, FilterContext context)
        {
            context.TryGetClient(head, out UInt128 address);
            Span<byte> octets = stackalloc byte[16];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(octets, address);
            bool isV4 = address >> 32 == IpPrefix.MappedIPv4 >> 32;
            Span<byte> text = stackalloc byte[64];
            new IPAddress(isV4 ? octets[12..] : octets).TryFormat(text, out int length);
            writer.Bytes(2, text[..length]);
        }
    }
}
