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
/// <param name="clock">Says when this process began: see <see cref="StateObjects"/>.</param>
internal sealed class StateFamilies(TimeProvider clock)
{
    private readonly StateObjects _objects = new(clock.GetUtcNow());
    private readonly Lock _lock = new();
    private readonly WeakReference<StateExposition?> _last = new(null);
    private ControllerState? _lastState;

    public StateExposition Of(ControllerState state)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_lastState, state) && _last.TryGetTarget(out var last))
                return last;
            var exposition = Render(state);
            _lastState = state;
            _last.SetTarget(exposition);
            return exposition;
        }
    }

    private StateExposition Render(ControllerState state)
    {
        var held = new HeldObjects();
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        foreach (var (kind, json) in _objects.Of(state))
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
