using System.Text;
using System.Text.Json;
using Sluice.Exporter.Families;

namespace Sluice.Exporter.Rendering;

/// <summary>
/// Makes samples of the objects of one kind. Those of a family that have the same labels are one, with the lowest of their values: a
/// condition that is said to be True and False is False. Pure, but for buffers that are used again: not thread-safe.
/// </summary>
internal sealed class ObjectRenderer
{
    private static readonly CompiledPath Name = CompiledPath.Create("metadata.name", []);
    private static readonly CompiledPath Namespace = CompiledPath.Create("metadata.namespace", []);
    private static readonly CompiledPath Labels = CompiledPath.Create("metadata.labels", []);

    private readonly StateKind _kind;
    private readonly int _maxSamples;
    private readonly CompiledFamily[] _families;
    private readonly LabelNames _labelNames;
    private readonly ByteBuffer _text = new();
    private readonly ByteBuffer _lines = new();
    private readonly List<Sample> _samples = [];
    private readonly Comparison<Sample> _order;
    private readonly JsonElement[] _levels = new JsonElement[4];
    private int _count;
    private int _leftOut;

    /// <param name="kind">Of the objects.</param>
    /// <param name="maxSamples">Of one object; what is more is left out, and counted.</param>
    public ObjectRenderer(StateKind kind, int maxSamples)
    {
        (_kind, _maxSamples) = (kind, maxSamples);
        _families = [.. kind.Families.Select(family => new CompiledFamily(family))];
        _labelNames = new LabelNames(kind);
        _order = Compare;
    }

    /// <summary>Null for what has no name, and so cannot be told apart from others.</summary>
    public RenderedObject? Render(JsonElement item)
    {
        if (!Name.TryFind(item, out var name) || JsonText.StringOf(name) is not { Length: > 0 } text)
            return null;
        if (_kind.IsNamespaced && Namespace.TryFind(item, out var ns))
            text = $"{JsonText.StringOf(ns)}/{text}";
        var ends = new int[_families.Length];
        _lines.Clear();
        (_count, _leftOut) = (0, 0);
        _levels[0] = item;
        for (var i = 0; i < _families.Length; i++)
        {
            Collect(_families[i]);
            Write();
            ends[i] = _lines.Length;
        }

        return new RenderedObject(text, _lines.Span.ToArray(), ends, _leftOut);
    }

    private void Collect(CompiledFamily family)
    {
        _text.Clear();
        _samples.Clear();
        if (family.Family.IsOfLabels)
        {
            AddLabels(family);
            return;
        }

        foreach (var source in family.Sources)
            Visit(family, source, 0);
    }

    private void Visit(CompiledFamily family, CompiledSource source, int level)
    {
        if (level == source.Lists.Count)
        {
            Add(family, source);
            return;
        }

        var list = source.Lists[level];
        if (!list.TryFind(_levels[list.Level], out var entries) || entries.ValueKind != JsonValueKind.Array)
            return;
        foreach (var entry in entries.EnumerateArray())
        {
            _levels[level + 1] = entry;
            Visit(family, source, level + 1);
        }
    }

    private void Add(CompiledFamily family, CompiledSource source)
    {
        var field = default(JsonElement);
        source.Value?.TryFind(_levels[source.Value.Level], out field);
        if (SampleValue.Of(family.Family.Value.Kind, field) is not { } value)
            return;
        var start = _text.Length;
        _text.Append(family.Head);
        var (labels, own) = (0, 0);
        foreach (var slot in source.Slots)
        {
            var before = _text.Length;
            if (labels > 0)
                _text.Append((byte)',');
            _text.Append(slot.Head);
            if (slot.Path is { } path)
            {
                if (!path.TryFind(_levels[path.Level], out var found) || !JsonText.TryAppendLabelValue(_text, found))
                {
                    _text.Truncate(before);
                    continue;
                }

                _text.Append((byte)'"');
            }

            labels++;
            own += slot.IsOwn ? 1 : 0;
        }

        _text.Append((byte)'}');
        if (own == 0 && family.Family.Value.Kind == MetricValueKind.One)
            _text.Truncate(start);
        else
            Keep(new Sample(start, _text.Length - start, value));
    }

    private void AddLabels(CompiledFamily family)
    {
        if (!Labels.TryFind(_levels[0], out var map) || _labelNames.Of(map) is not { Count: > 0 } labels)
            return;
        var start = _text.Length;
        _text.Append(family.Head);
        var next = 0;
        foreach (var slot in family.Sources[0].Slots)
        {
            for (; next < labels.Count && string.CompareOrdinal(labels[next].Key, slot.Name) < 0; next++)
                Append(labels[next]);
            if (slot.Path is null)
            {
                _text.Append(slot.Head);
                _text.Append((byte)',');
            }
            else if (slot.Path.TryFind(_levels[0], out var value))
            {
                Append(new(slot.Name, value));
            }
        }

        for (; next < labels.Count; next++)
            Append(labels[next]);
        _text.Truncate(_text.Length - 1);
        _text.Append((byte)'}');
        Keep(new Sample(start, _text.Length - start, 1));

        void Append(KeyValuePair<string, JsonElement> label)
        {
            var before = _text.Length;
            _text.Append(Encoding.UTF8.GetBytes(label.Key));
            _text.Append("=\""u8);
            if (JsonText.TryAppendLabelValue(_text, label.Value))
                _text.Append("\","u8);
            else
                _text.Truncate(before);
        }
    }

    private void Keep(Sample sample)
    {
        if (_count < _maxSamples)
        {
            _count++;
            _samples.Add(sample);
            return;
        }

        _leftOut++;
        _text.Truncate(sample.Start);
    }

    /// <summary>In the order of their labels, each once.</summary>
    private void Write()
    {
        if (_samples.Count > 1)
            _samples.Sort(_order);
        for (var i = 0; i < _samples.Count; i++)
        {
            var sample = _samples[i];
            if (i > 0 && TextOf(sample).SequenceEqual(TextOf(_samples[i - 1])))
                continue;
            _lines.Append(TextOf(sample));
            _lines.Append((byte)' ');
            NumberText.Append(_lines, sample.Value);
            _lines.Append((byte)'\n');
        }
    }

    private ReadOnlySpan<byte> TextOf(Sample sample) => _text.Span.Slice(sample.Start, sample.Length);

    private int Compare(Sample one, Sample other) =>
        TextOf(one).SequenceCompareTo(TextOf(other)) is var order and not 0 ? order : one.Value.CompareTo(other.Value);

    /// <param name="Start">Of its name and labels in the text.</param>
    /// <param name="Length">Of these.</param>
    /// <param name="Value">Of the sample.</param>
    private readonly record struct Sample(int Start, int Length, double Value);

    private sealed class CompiledFamily(MetricFamily family)
    {
        public MetricFamily Family { get; } = family;

        public byte[] Head { get; } = Encoding.UTF8.GetBytes(family.Name + '{');

        /// <summary>Of a family of Kubernetes labels: the object, for its identity.</summary>
        public IReadOnlyList<CompiledSource> Sources { get; } = family.IsOfLabels
            ? [new CompiledSource(family, new SampleSource(""))]
            : [.. family.Sources.Select(source => new CompiledSource(family, source))];
    }
}
