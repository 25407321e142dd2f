using System.Text.Json;
using Sluice.Exporter.Families;
using Sluice.Exporter.Rendering;
using Sluice.Kubernetes.Client;

namespace Sluice.Exporter.Scraping;

/// <summary>Renders the objects of a list as they come, and keeps nothing else of them. An object that comes twice counts once.</summary>
internal sealed class ObjectCollector(StateKind kind, ExporterLimits limits) : IListReceiver
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };

    private readonly ObjectRenderer _renderer = new(kind, limits.SamplesPerObject);
    private readonly Dictionary<string, RenderedObject> _objects = new(StringComparer.Ordinal);
    private long _bytes;

    public IReadOnlyList<RenderedObject> Objects => [.. _objects.Values];

    /// <summary>What is wrong with an object that could not be rendered; null when there is none.</summary>
    public string? Problem { get; private set; }

    public void Restart()
    {
        _objects.Clear();
        (_bytes, Problem) = (0, null);
    }

    /// <exception cref="InvalidDataException">The samples of all objects are too long.</exception>
    public void Add(ReadOnlyMemory<byte> json)
    {
        if (Render(json) is not { } rendered)
            return;
        _bytes += rendered.Size - (_objects.TryGetValue(rendered.Name, out var before) ? before.Size : 0);
        if (_bytes > limits.BytesPerKind)
            throw new InvalidDataException($"the samples of all {kind.Plural} have more than {limits.BytesPerKind >> 20} MiB");
        _objects[rendered.Name] = rendered;
    }

    private RenderedObject? Render(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return _renderer.Render(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            Problem ??= $"an object of {kind} cannot be read: {error.Message}";
            return null;
        }
    }
}
