import './old.ts'
import '../portal-assets/tokens.css'
import '../portal-assets/pieces.css'
import './house/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './shell/App.tsx'

const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
