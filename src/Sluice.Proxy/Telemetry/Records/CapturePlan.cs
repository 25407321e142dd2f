using System.Text;
using Sluice.Configuration.Telemetry.Formats;

namespace Sluice.Proxy.Telemetry.Records;

/// <summary>What formats, filters and attributes need of a message, so that nothing else is kept of it. Grows while they are compiled.</summary>
internal sealed class CapturePlan
{
    /// <summary>Names, in lower case, of fields of requests, responses and trailers.</summary>
    public List<byte[]> Request { get; } = [];

    public List<byte[]> Response { get; } = [];

    public List<byte[]> Trailers { get; } = [];

    public bool NeedsTls { get; set; }

    public bool NeedsLocalAddress { get; set; }

    /// <summary>The place of a field among those that are kept.</summary>
    public static int Add(List<byte[]> names, string name)
    {
        var bytes = Encoding.ASCII.GetBytes(name);
        var index = names.FindIndex(known => known.AsSpan().SequenceEqual(bytes));
        if (index >= 0)
            return index;
        names.Add(bytes);
        return names.Count - 1;
    }

    public void Note(LogOperator operation)
    {
        NeedsTls |= operation is LogOperator.DownstreamTlsVersion or LogOperator.DownstreamTlsCipher or LogOperator.DownstreamPeerSubject or LogOperator.RequestedServerName;
        NeedsLocalAddress |= operation == LogOperator.DownstreamLocalAddress;
    }
}
