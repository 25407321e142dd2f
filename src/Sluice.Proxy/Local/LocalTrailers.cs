using System.Text;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Local;

/// <summary>Trailers of a handler's answer, in the form that the connections take.</summary>
internal static class LocalTrailers
{
    /// <summary>Has a function use the trailers, which live as long as its call.</summary>
    public static unsafe void With(IReadOnlyList<KeyValuePair<string, string>> trailers, Action<FieldSection> use)
    {
        var section = new FieldSection(trailers.Count);
        var bytes = Encoding.Latin1.GetBytes(string.Concat(trailers.Select(trailer => trailer.Key + trailer.Value)));
        fixed (byte* buffer = bytes)
        {
            section.Buffer = buffer;
            var at = 0;
            foreach (var (name, value) in trailers)
            {
                section.TryAdd(new Field
                {
                    NameOffset = at,
                    NameLength = (ushort)name.Length,
                    ValueOffset = at + name.Length,
                    ValueLength = value.Length,
                });
                at += name.Length + value.Length;
            }

            use(section);
        }
    }
}
