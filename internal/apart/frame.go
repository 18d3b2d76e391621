package apart

import (
	"encoding/binary"
	"fmt"
	"io"
)

// writeFrame writes the parts as one frame, after their total length.
func writeFrame(w io.Writer, parts ...[]byte) error {
	length := 0
	for _, part := range parts {
		length += len(part)
	}
	frame := binary.BigEndian.AppendUint32(make([]byte, 0, 4+length), uint32(length))
	for _, part := range parts {
		frame = append(frame, part...)
	}
	_, err := w.Write(frame)
	return err
}

// readFrame reads a frame. It is an error where the frame is longer than
// longest bytes.
func readFrame(r io.Reader, longest int64) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	length := int64(binary.BigEndian.Uint32(head[:]))
	if length > longest {
		return nil, fmt.Errorf("%d bytes are too many", length)
	}
	frame := make([]byte, length)
	_, err := io.ReadFull(r, frame)
	return frame, err
}
