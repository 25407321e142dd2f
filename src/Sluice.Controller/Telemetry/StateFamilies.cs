using System.Buffers;
using System.Text.Json;
using Sluice.Controller.Publishing;
using Sluice.Exporter.Exposition;
using Sluice.Exporter.Families;

namespace Sluice.Controller.Telemetry;

/// <summary>
/// The exporter's families for the objects in force, made when somebody asks. Scrapers of the same state share what was made for the
/// first of them for as long as one of them reads it.
/// </summary>
/// <param name="bundleVersion">Of the Gateway API's definitions; null when it is not known.</param>
internal sealed class StateFamilies(Func<string?> bundleVersion)
{
    private readonly StateObjects _objects = new();
    private readonly Lock _lock = new();
    private readonly WeakReference<StateExposition?> _last = new(null);
    private (ControllerState State, string? Version)? _lastOf;

    public StateExposition Of(ControllerState state)
    {
        var version = bundleVersion();
        lock (_lock)
        {
            if (_lastOf is { } of && ReferenceEquals(of.State, state) && of.Version == version && _last.TryGetTarget(out var last))
                return last;
            var exposition = Render(state, version);
            _lastOf = (state, version);
            _last.SetTarget(exposition);
            return exposition;
        }
    }

    private StateExposition Render(ControllerState state, string? version)
    {
        var held = new HeldObjects();
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        foreach (var (kind, json) in _objects.Of(state, version))
        {
            json.WriteTo(writer);
            writer.Flush();
            held.Add(StateKinds.Find(kind)!, buffer.WrittenMemory);
            buffer.ResetWrittenCount();
            writer.Reset();
        }

        return held.ToExposition();
    }
}
